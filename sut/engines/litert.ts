import type { Engine, EngineModel, EngineModule, EngineOptions } from '../engine.js';
import { createLiteRtEngine } from '../litert/createLiteRtEngine.js';
import { startLiteRt } from '../litert/startLiteRt.js';

export const formats: EngineModule['formats'] = ['tflite'];
export const precisions: EngineModule['precisions'] = ['fp32', 'int8'];

/** LiteRT, the successor of TensorFlow Lite, in WebAssembly: one thread, XNNPACK. */
export async function createEngine(
  model: EngineModel,
  { precision }: Pick<EngineOptions, 'precision'>,
): Promise<Engine> {
  return createLiteRtEngine(await startLiteRt(), model, precision);
}

export async function checkUsable(): Promise<void> {
  await startLiteRt();
}
