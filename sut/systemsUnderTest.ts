import { availableParallelism } from 'node:os';
import { LoadGenError, messageOf } from '../base/errors.js';
import type { ClosableSystemUnderTest } from './closableSystemUnderTest.js';
import { ENGINES, importEngine } from './engines/index.js';
import { createInThreadSut } from './inThread.js';
import { loadModel } from './loadModel.js';
import { createNullSut } from './nullSut.js';
import type { PairInputs } from './pairInputs.js';
import { createWorkerPoolSut } from './workerPool/workerPool.js';

export interface SystemUnderTestOptions {
  readonly inputs: PairInputs;
  /** A .tflite or .safetensors file to run instead of the network that comes with this project. */
  readonly modelFile?: string | undefined;
  /**
   * Where inferences are computed. `inThread`, the default: on the thread that issues queries, one at a time, with the
   * least overhead. `workerPool`: in threads of their own, as many at a time.
   */
  readonly placement?: 'inThread' | 'workerPool' | undefined;
  /** Of a worker pool; one for each core if left out. */
  readonly workerCount?: number | undefined;
}

export type SystemUnderTestListing = { readonly name: string; readonly description: string } & (
  | { readonly usable: true }
  | { readonly usable: false; readonly reason: string }
);

const NULL_SUT = { name: 'null', description: 'answers at once with zeros: measures the harness itself' };
const MAX_WORKERS = 256;

/**
 * Makes a system under test ready to be driven; close it in the end. `name` is one of `listSystemsUnderTest`. Throws
 * `SUT_UNKNOWN`, `SUT_WORKER_COUNT`, `SUT_WORKER`, `MODEL_*` and `TFLITE_*`.
 */
export async function createSystemUnderTest(
  name: string,
  { inputs, modelFile, placement = 'inThread', workerCount = availableParallelism() }: SystemUnderTestOptions,
): Promise<ClosableSystemUnderTest> {
  if (name === NULL_SUT.name) return createNullSut();
  const entry = ENGINES.find((engine) => engine.name === name);
  if (entry === undefined) {
    const names = [...ENGINES, NULL_SUT].map((known) => known.name).join(', ');
    throw new LoadGenError('SUT_UNKNOWN', `there is no system under test "${name}", expected one of ${names}`, {
      hint: '`loadgen suts` lists them with what each needs.',
    });
  }
  if (!Number.isInteger(workerCount) || workerCount < 1 || workerCount > MAX_WORKERS) {
    throw new LoadGenError(
      'SUT_WORKER_COUNT',
      `${workerCount} workers, expected a whole number from 1 to ${MAX_WORKERS}`,
    );
  }
  const model = await loadModel(modelFile);
  const engineModule = entry.module.href;
  if (placement === 'workerPool') return createWorkerPoolSut({ engineModule, model, inputs, workerCount });
  const { createEngine } = await importEngine(engineModule);
  return createInThreadSut(await createEngine(model), model, inputs);
}

/**
 * Tries, without any samples, whether a system under test can be made: its name, its model and its engine. Throws as
 * `createSystemUnderTest` does.
 */
export async function checkSystemUnderTest(
  name: string,
  options: Pick<SystemUnderTestOptions, 'modelFile' | 'workerCount'>,
): Promise<void> {
  const inputs: PairInputs = {
    shared: new SharedArrayBuffer(0),
    offsetOf: (index) => {
      throw new RangeError(`there is no sample ${index}`);
    },
  };
  const sut = await createSystemUnderTest(name, { ...options, inputs });
  await sut.close();
}

/** All systems under test there are, each tried: those that cannot run here say why. */
export function listSystemsUnderTest(): Promise<SystemUnderTestListing[]> {
  const engines = ENGINES.map(async ({ name, description, module }): Promise<SystemUnderTestListing> => {
    try {
      const { checkUsable } = await importEngine(module.href);
      await checkUsable();
      return { name, description, usable: true };
    } catch (error) {
      return { name, description, usable: false, reason: messageOf(error) };
    }
  });
  return Promise.all([...engines, Promise.resolve({ ...NULL_SUT, usable: true as const })]);
}
