import type { WebApi, WebApiOptions } from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js';
import type { Engine, EngineModel } from '../../sut/engine.js';
import { createTfliteEngine } from '../../sut/tflite/createTfliteEngine.js';
import { createTfliteModel } from '../../tflite/createTfliteModel.js';
import { type LoadedModule, startWasmRuntime } from '../../tflite/startWasmRuntime.js';
import { type PageEngineOptions, runScript } from './pageEngine.js';

const FACTORY = 'tflite_web_api_ModuleFactory';

/** TensorFlow Lite compiled to WebAssembly, from `@tensorflow/tfjs-tflite`: SIMD, XNNPACK, and threads where the page is isolated. */
export async function createEngine(
  model: EngineModel,
  { version, precision, threads, load, addressOf }: PageEngineOptions,
): Promise<Engine> {
  const runtime = await startWasmRuntime(
    () => loadModule(threads > 1 ? 'tflite_web_api_cc_simd_threaded' : 'tflite_web_api_cc_simd', load, addressOf),
    () => {},
  );
  const opened = createTfliteModel(runtime, model.files[0].content, model.name, threads);
  // Emscripten starts more threads than a model takes.
  for (const thread of runtime.api.PThread?.unusedWorkers.splice(0) ?? []) thread.terminate();
  return createTfliteEngine(opened, model, { version, threads, precision });
}

async function loadModule(
  build: string,
  load: PageEngineOptions['load'],
  addressOf: PageEngineOptions['addressOf'],
): Promise<LoadedModule> {
  const [script, wasmBinary] = await Promise.all([load(`${build}.js`), load(`${build}.wasm`)]);
  const create = factoryIn(runScript(script, FACTORY));
  return { create, wasmBinary, mainScriptUrlOrBlob: addressOf(`${build}.js`), locateFile: addressOf };
}

function factoryIn(exported: unknown): (options: WebApiOptions) => Promise<WebApi> {
  if (typeof exported === 'function') return (options) => exported(options);
  throw new TypeError(`the script of TensorFlow Lite leaves no ${FACTORY}`);
}
