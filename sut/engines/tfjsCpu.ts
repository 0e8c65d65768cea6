import '@tensorflow/tfjs-backend-cpu';
import { version_core } from '@tensorflow/tfjs-core';
import type { Engine, EngineModel, EngineModule } from '../engine.js';
import { createGraphModelEngine, useBackend } from '../tfjs/graphModelEngine.js';

export const formats: EngineModule['formats'] = ['tfjs'];
export const precisions: EngineModule['precisions'] = ['fp32'];

/** TensorFlow.js in plain JavaScript, with `@tensorflow/tfjs-backend-cpu`. */
export function createEngine(model: EngineModel): Promise<Engine> {
  return createGraphModelEngine('cpu', model, {
    name: 'tfjs-cpu',
    version: version_core,
    threads: 1,
    instructionSet: 'JavaScript',
  });
}

export function checkUsable(): Promise<void> {
  return useBackend('cpu');
}
