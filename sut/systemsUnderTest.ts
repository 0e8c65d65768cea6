import { LoadGenError, messageOf } from '../base/errors.js';
import type { ClosableSystemUnderTest } from './closableSystemUnderTest.js';
import type { EngineModule, Precision } from './engine.js';
import { ENGINES, importEngine } from './engines/index.js';
import { createInThreadSut } from './inThread.js';
import { loadModel } from './loadModel.js';
import { createNullSut } from './nullSut.js';
import type { PairInputs } from './pairInputs.js';
import { checkPlacement, IN_THREAD, imagesPerTaskOf, type Placement } from './placement.js';
import { createWorkerPoolSut } from './workerPool/workerPool.js';

export interface SystemUnderTestOptions {
  readonly inputs: PairInputs;
  /** A model's file to run instead of the network that comes with this project. */
  readonly modelFile?: string | undefined;
  /** Of the engine's arithmetic; the engine's first one if left out. */
  readonly precision?: Precision | undefined;
  /** In the issuing thread if left out. */
  readonly placement?: Placement | undefined;
}

export type SystemUnderTestListing = { readonly name: string; readonly description: string } & (
  | { readonly usable: true; readonly precisions: readonly Precision[] }
  | {
      readonly usable: false;
      readonly reason: string;
      /** What to do about it. */
      readonly hint: string | undefined;
    }
);

const NULL_SUT = { name: 'null', description: 'answers at once with zeros: measures the harness itself' };

/**
 * Makes a system under test ready to be driven; close it in the end. `name` is one of `listSystemsUnderTest`. Throws
 * `SUT_UNKNOWN`, `SUT_PLACEMENT`, `SUT_PRECISION`, `SUT_NOT_INSTALLED`, `SUT_WORKER`, `MODEL_*` and what engines throw.
 */
export async function createSystemUnderTest(
  name: string,
  { inputs, modelFile, precision, placement = IN_THREAD }: SystemUnderTestOptions,
): Promise<ClosableSystemUnderTest> {
  if (name === NULL_SUT.name) return createNullSut();
  checkPlacement(placement);
  const engineModule = engineNamed(name).module.href;
  const { formats, precisions, createEngine } = await importEngine(engineModule);
  const engineOptions = { precision: checkedPrecision(name, precisions, precision), threads: placement.threads };
  const model = await loadModel(formats, modelFile, engineOptions.precision);
  const { batch, workers } = placement;
  if (workers === 0) return createInThreadSut(await createEngine(model, engineOptions), model, inputs, batch);
  const imagesPerTask = imagesPerTaskOf(placement);
  return createWorkerPoolSut({
    engineModule,
    model,
    engineOptions,
    inputs,
    workerCount: workers,
    batch,
    imagesPerTask,
  });
}

/**
 * Tries, without any samples, whether a system under test can be made in each of `placements`: its name, its model and
 * its engine. Throws as `createSystemUnderTest` does.
 */
export async function checkSystemUnderTest(
  name: string,
  {
    placements,
    ...options
  }: Omit<SystemUnderTestOptions, 'inputs' | 'placement'> & { placements: readonly Placement[] },
): Promise<void> {
  const inputs: PairInputs = {
    shared: new SharedArrayBuffer(0),
    offsetOf: (index) => {
      throw new RangeError(`there is no sample ${index}`);
    },
  };
  for (const placement of name === NULL_SUT.name ? [] : placements) checkPlacement(placement);
  // One engine tells as much as a pool of them.
  const sut = await createSystemUnderTest(name, { ...options, inputs });
  await sut.close();
}

/** All systems under test there are, each tried: those that cannot run here say why. */
export function listSystemsUnderTest(): Promise<SystemUnderTestListing[]> {
  const engines = ENGINES.map(async ({ name, description, module }): Promise<SystemUnderTestListing> => {
    try {
      const { checkUsable, precisions } = await importEngine(module.href);
      await checkUsable();
      return { name, description, usable: true, precisions };
    } catch (error) {
      const hint = error instanceof LoadGenError ? error.hint : undefined;
      return { name, description, usable: false, reason: messageOf(error), hint };
    }
  });
  return Promise.all([...engines, Promise.resolve({ ...NULL_SUT, usable: true as const, precisions: [] })]);
}

function engineNamed(name: string) {
  const entry = ENGINES.find((engine) => engine.name === name);
  if (entry !== undefined) return entry;
  const names = [...ENGINES, NULL_SUT].map((known) => known.name).join(', ');
  throw new LoadGenError('SUT_UNKNOWN', `there is no system under test "${name}", expected one of ${names}`, {
    hint: '`loadgen suts` lists them with what each needs.',
  });
}

function checkedPrecision(name: string, precisions: EngineModule['precisions'], wanted?: Precision): Precision {
  if (wanted === undefined) return precisions[0];
  if (precisions.includes(wanted)) return wanted;
  throw new LoadGenError('SUT_PRECISION', `${name} does not compute in ${wanted}, expected ${precisions.join(' or ')}`);
}
