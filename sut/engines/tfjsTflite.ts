import { openTfliteModel, TFLITE_PACKAGE, wasmRuntime } from '../../tflite/openTfliteModel.js';
import { openThreadedTfliteModel } from '../../tflite/openThreadedTfliteModel.js';
import { MOST_WASM_THREADS } from '../../tflite/wasmThreads.js';
import type { Engine, EngineModel, EngineModule, EngineOptions } from '../engine.js';
import { findOptionalPackage } from '../optionalPackage.js';
import { createTfliteEngine, type TfliteEngineFacts } from '../tflite/createTfliteEngine.js';

export const formats: EngineModule['formats'] = ['tflite'];
export const precisions: EngineModule['precisions'] = ['fp32', 'int8'];

/** TensorFlow Lite compiled to WebAssembly, from `@tensorflow/tfjs-tflite`: SIMD, XNNPACK. */
export async function createEngine(model: EngineModel, options: EngineOptions): Promise<Engine> {
  const { version } = findOptionalPackage(TFLITE_PACKAGE, 'tfjs-tflite');
  const threads = Math.min(options.threads, MOST_WASM_THREADS);
  const facts = { version, threads, precision: options.precision };
  if (threads > 1) return createThreadedEngine(model, facts);
  const opened = await openTfliteModel(model.files[0].content, model.name);
  return createTfliteEngine(opened, model, facts);
}

async function createThreadedEngine(model: EngineModel, facts: TfliteEngineFacts): Promise<Engine> {
  const opened = await openThreadedTfliteModel(model.files[0].content, model.name, facts.threads);
  try {
    const engine = createTfliteEngine(opened.model, model, facts);
    return {
      ...engine,
      async close() {
        await engine.close();
        await opened.endThreads();
      },
    };
  } catch (thrown) {
    await opened.endThreads();
    throw thrown;
  }
}

export async function checkUsable(): Promise<void> {
  await wasmRuntime();
}
