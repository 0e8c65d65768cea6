import '@tensorflow/tfjs-backend-webgl';
import type { Engine, EngineModel } from '../../sut/engine.js';
import { createGraphModelEngine } from '../../sut/tfjs/graphModelEngine.js';
import type { PageEngineOptions } from './pageEngine.js';

/** TensorFlow.js on the graphics processor by WebGL, from `@tensorflow/tfjs-backend-webgl`. */
export async function createEngine(model: EngineModel, { version }: PageEngineOptions): Promise<Engine> {
  const facts = { name: 'tfjs-webgl', version, threads: 1, instructionSet: 'WebGL 2' };
  const engine = await createGraphModelEngine('webgl', model, facts);
  // Textures are not filled from shared memory.
  return { ...engine, infer: (inputs, outputs) => engine.infer(inputs.slice(), outputs) };
}
