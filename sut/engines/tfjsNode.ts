import { availableParallelism } from 'node:os';
import type { Engine, EngineModel, EngineModule } from '../engine.js';
import { findOptionalPackage } from '../optionalPackage.js';
import { importTfjs } from '../tfjs/importTfjs.js';

export const formats: EngineModule['formats'] = ['tfjs'];
export const precisions: EngineModule['precisions'] = ['fp32'];

const NAME = 'tfjs-node';
const PACKAGE = '@tensorflow/tfjs-node';
const BACKEND = 'tensorflow';

/**
 * TensorFlow's own library, with `@tensorflow/tfjs-node`, whose install script fetches it. It has one pool of threads in a
 * process, as many as there are cores unless the environment variable TF_NUM_INTRAOP_THREADS says otherwise.
 */
export async function createEngine(model: EngineModel): Promise<Engine> {
  const { engines } = await importOwn();
  return engines.createGraphModelEngine(BACKEND, model, {
    name: NAME,
    version: findOptionalPackage(PACKAGE, NAME).version,
    threads: Number(process.env.TF_NUM_INTRAOP_THREADS) || availableParallelism(),
    instructionSet: 'native, chosen by TensorFlow',
  });
}

export async function checkUsable(): Promise<void> {
  const { engines } = await importOwn();
  await engines.useBackend(BACKEND);
}

/** Importing the package registers its backend. A clone does not install it, so there are no types of it. */
function importOwn() {
  return importTfjs(NAME, PACKAGE, () => import(PACKAGE));
}
