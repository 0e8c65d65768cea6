import type { WebApi, WebApiOptions } from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js';
import type { Engine, EngineModel } from '../../sut/engine.js';
import { createTfliteEngine } from '../../sut/tflite/createTfliteEngine.js';
import { createTfliteModel } from '../../tflite/createTfliteModel.js';
import { type LoadedModule, startWasmRuntime } from '../../tflite/startWasmRuntime.js';
import type { PageEngine, PageEngineOptions } from './pageEngine.js';
import { addressOf, runScript } from './scripts.js';

export const format: PageEngine['format'] = 'tflite';

const FACTORY = 'tflite_web_api_ModuleFactory';

/** TensorFlow Lite compiled to WebAssembly, from `@tensorflow/tfjs-tflite`: SIMD, XNNPACK, threads if more than one. */
export async function createEngine(model: EngineModel, options: PageEngineOptions): Promise<Engine> {
  const { threads, version, precision } = options;
  const runtime = await startWasmRuntime(
    () => loadModule(options),
    () => {},
  );
  const opened = createTfliteModel(runtime, model.files[0].content, model.name, threads);
  return createTfliteEngine(opened, model, { version, threads, precision });
}

async function loadModule({ threads, load }: PageEngineOptions): Promise<LoadedModule> {
  const name = threads > 1 ? 'tflite_web_api_cc_simd_threaded' : 'tflite_web_api_cc_simd';
  const [script, wasmBinary] = await Promise.all([load(`${name}.js`), load(`${name}.wasm`)]);
  const module = { create: factoryIn(runScript(script, FACTORY)), wasmBinary };
  if (threads === 1) return module;
  const threadScript = addressOf(await load(`${name}.worker.js`), 'text/javascript');
  return {
    ...module,
    mainScriptUrlOrBlob: addressOf(script, 'text/javascript'),
    locateFile: () => threadScript,
  };
}

function factoryIn(exported: unknown): (options: WebApiOptions) => Promise<WebApi> {
  if (typeof exported === 'function') return (options) => exported(options);
  throw new TypeError(`the script of TensorFlow Lite leaves no ${FACTORY}`);
}
