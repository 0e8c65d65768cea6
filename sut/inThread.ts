import { PAIR_IMAGES, type PairInputs } from '../base/pairLayout.js';
import { monotonicClock } from '../platform/node/monotonicClock.js';
import type { ClosableSystemUnderTest } from './closableSystemUnderTest.js';
import type { Engine, EngineModel } from './engine.js';
import { engineConfiguration } from './engineConfiguration.js';
import { createIssuingThreadSystem } from './issuingThreadSystem.js';

/** Runs an engine on the thread that issues queries, `batch` images at a time: see `createIssuingThreadSystem`. */
export function createInThreadSut(
  engine: Engine,
  model: EngineModel,
  inputs: PairInputs,
  batch = PAIR_IMAGES,
): ClosableSystemUnderTest {
  const configuration = engineConfiguration(engine, model);
  return createIssuingThreadSystem({
    engine,
    network: model.network,
    inputs,
    batch,
    configuration,
    clock: monotonicClock,
  });
}
