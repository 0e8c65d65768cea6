import { availableParallelism } from 'node:os';
import { LoadGenError, messageOf } from '../../base/errors.js';
import type { Engine, EngineModel, EngineModule } from '../engine.js';
import { createGraphModelEngine, useBackend } from '../tfjs/graphModelEngine.js';

export const formats: EngineModule['formats'] = ['tfjs'];
export const precisions: EngineModule['precisions'] = ['fp32'];

const BACKEND = 'tensorflow';

/**
 * TensorFlow's own library, with `@tensorflow/tfjs-node`. It has one pool of threads in a process, as many as there are
 * cores unless the environment variable TF_NUM_INTRAOP_THREADS says otherwise.
 */
export async function createEngine(model: EngineModel): Promise<Engine> {
  const version = await importedVersion();
  return createGraphModelEngine(BACKEND, model, {
    name: 'tfjs-node',
    version,
    threads: Number(process.env.TF_NUM_INTRAOP_THREADS) || availableParallelism(),
    instructionSet: 'native, chosen by TensorFlow',
  });
}

export async function checkUsable(): Promise<void> {
  await importedVersion();
  await useBackend(BACKEND);
}

/** Imports the package, which registers its backend. */
async function importedVersion(): Promise<string> {
  try {
    const { version } = await import('@tensorflow/tfjs-node');
    return version['tfjs-node'];
  } catch (thrown) {
    throw new LoadGenError(
      'SUT_NOT_INSTALLED',
      `@tensorflow/tfjs-node does not load: ${messageOf(thrown).split('\n', 1).join()}`,
      {
        hint: 'Its native library is not in the package. `npm explore @tensorflow/tfjs-node -- npm run install` fetches it from storage.googleapis.com.',
        cause: thrown,
      },
    );
  }
}
