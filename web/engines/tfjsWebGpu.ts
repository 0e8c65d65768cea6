import '@tensorflow/tfjs-backend-webgpu';
import type { Engine, EngineModel } from '../../sut/engine.js';
import { createLateGraphModelEngine } from '../../sut/tfjs/graphModelEngine.js';
import type { PageEngineOptions } from './pageEngine.js';

/** TensorFlow.js on the graphics processor by WebGPU, from `@tensorflow/tfjs-backend-webgpu`. */
export function createEngine(model: EngineModel, { version }: PageEngineOptions): Promise<Engine> {
  const facts = { name: 'tfjs-webgpu', version, threads: 1, instructionSet: 'WebGPU' };
  return createLateGraphModelEngine('webgpu', model, facts);
}
