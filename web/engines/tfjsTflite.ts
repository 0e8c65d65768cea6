import type { WebApi, WebApiOptions } from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js';
import type { Engine, EngineModel } from '../../sut/engine.js';
import { createTfliteEngine } from '../../sut/tflite/createTfliteEngine.js';
import { createTfliteModel } from '../../tflite/createTfliteModel.js';
import { type LoadedModule, startWasmRuntime } from '../../tflite/startWasmRuntime.js';
import { type PageEngineOptions, runScript } from './pageEngine.js';

const FACTORY = 'tflite_web_api_ModuleFactory';

/** TensorFlow Lite compiled to WebAssembly, from `@tensorflow/tfjs-tflite`: SIMD and XNNPACK, on the worker's one thread. */
export async function createEngine(
  model: EngineModel,
  { version, precision, load }: PageEngineOptions,
): Promise<Engine> {
  const runtime = await startWasmRuntime(
    () => loadModule(load),
    () => {},
  );
  const opened = createTfliteModel(runtime, model.files[0].content, model.name, 1);
  return createTfliteEngine(opened, model, { version, threads: 1, precision });
}

async function loadModule(load: PageEngineOptions['load']): Promise<LoadedModule> {
  const [script, wasmBinary] = await Promise.all([
    load('tflite_web_api_cc_simd.js'),
    load('tflite_web_api_cc_simd.wasm'),
  ]);
  return { create: factoryIn(runScript(script, FACTORY)), wasmBinary };
}

function factoryIn(exported: unknown): (options: WebApiOptions) => Promise<WebApi> {
  if (typeof exported === 'function') return (options) => exported(options);
  throw new TypeError(`the script of TensorFlow Lite leaves no ${FACTORY}`);
}
