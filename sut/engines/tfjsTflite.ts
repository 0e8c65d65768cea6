import { openTfliteModel } from '../../tflite/openTfliteModel.js';
import { wasmRuntime } from '../../tflite/wasmRuntime.js';
import type { Engine, EngineModel, EngineModule } from '../engine.js';
import { findOptionalPackage } from '../optionalPackage.js';
import { createTfliteEngine } from '../tflite/createTfliteEngine.js';

export const formats: EngineModule['formats'] = ['tflite'];
export const precisions: EngineModule['precisions'] = ['fp32'];

/** TensorFlow Lite compiled to WebAssembly, from `@tensorflow/tfjs-tflite`: one thread, SIMD, XNNPACK. */
export async function createEngine(model: EngineModel): Promise<Engine> {
  const { version } = findOptionalPackage('@tensorflow/tfjs-tflite');
  const opened = await openTfliteModel(model.files[0].content, model.name);
  return createTfliteEngine(opened, model, { version, threads: 1 });
}

export async function checkUsable(): Promise<void> {
  await wasmRuntime();
}
