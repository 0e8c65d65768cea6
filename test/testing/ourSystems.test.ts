import { describe, test } from 'node:test';
import { messageOf } from '../../base/errors.js';
import { ENGINES, importEngine } from '../../sut/engines/index.js';
import { createEngine } from '../../sut/engines/tfjsTflite.js';
import { createInThreadSut } from '../../sut/inThread.js';
import { SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';
import { createNullSut } from '../../sut/nullSut.js';
import { IN_THREAD, imagesPerTaskOf } from '../../sut/placement.js';
import type { SystemUnderTestPluginOptions } from '../../sut/plugins/plugin.js';
import { createWorkerPoolSut } from '../../sut/workerPool/workerPool.js';
import { type ContractCase, engineContract, systemUnderTestContract } from '../../testing/index.js';
import { smallModel } from '../sut/engines/smallModel.js';

const model = smallModel(1);
const { network } = model;
/** Of engines that add up in an order of their own for each number of images. */
const tolerance = 1e-6;

for (const { name, module } of ENGINES) {
  const engine = await importEngine(module.href);
  if (!engine.formats.includes('tflite')) continue;
  const skip = await engine.checkUsable().then(() => false as const, messageOf);
  describe(`the engine ${name}`, { skip }, () => testAll(engineContract(engine, { model, tolerance })));
}

describe('tfjs-tflite in the issuing thread', () => testAll(systemUnderTestContract(createSystem, { network })));

for (const workers of [1, 2]) {
  const placement = { ...IN_THREAD, workers, spreadPairs: workers > 1 };
  describe(`tfjs-tflite in a pool of ${workers}`, () =>
    testAll(systemUnderTestContract(createSystem, { network, placement })));
}

describe('the null system', () =>
  testAll(
    systemUnderTestContract(async () => createNullSut(SPHEREFACE20_SHAPE), {
      readsInputs: false,
      offlineSamples: 5000,
    }),
  ));

function testAll(cases: readonly ContractCase[]): void {
  for (const { name, run } of cases) test(name, run);
}

/** As the command line makes it, but of a small network. */
async function createSystem({ inputs, placement }: SystemUnderTestPluginOptions) {
  const { workers: workerCount, batch } = placement;
  if (workerCount === 0)
    return createInThreadSut(await createEngine(model, { precision: 'fp32', threads: 1 }), model, inputs, batch);
  return createWorkerPoolSut({
    engineModule: new URL('../../sut/engines/tfjsTflite.js', import.meta.url).href,
    model,
    engineOptions: { precision: 'fp32', threads: 1 },
    inputs,
    workerCount,
    batch,
    imagesPerTask: imagesPerTaskOf(placement),
  });
}
