import type { Engine, EngineModel, EngineModule } from '../engine.js';
import { importTfjs } from '../tfjs/importTfjs.js';

export const formats: EngineModule['formats'] = ['tfjs'];
export const precisions: EngineModule['precisions'] = ['fp32'];

const NAME = 'tfjs-cpu';

/** TensorFlow.js in plain JavaScript, with `@tensorflow/tfjs-backend-cpu`. */
export async function createEngine(model: EngineModel): Promise<Engine> {
  const { core, engines } = await importOwn();
  return engines.createGraphModelEngine('cpu', model, {
    name: NAME,
    version: core.version_core,
    threads: 1,
    instructionSet: 'JavaScript',
  });
}

export async function checkUsable(): Promise<void> {
  const { engines } = await importOwn();
  await engines.useBackend('cpu');
}

function importOwn() {
  return importTfjs(NAME, '@tensorflow/tfjs-backend-cpu', () => import('@tensorflow/tfjs-backend-cpu'));
}
