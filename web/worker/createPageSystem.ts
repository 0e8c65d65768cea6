import { PAIR_IMAGES, type PairInputs } from '../../base/pairLayout.js';
import { monotonicClock } from '../../platform/browser/index.js';
import { type ClosableSystemUnderTest, engineOnlyConfiguration } from '../../sut/closableSystemUnderTest.js';
import { createIssuingThreadSystem } from '../../sut/issuingThreadSystem.js';
import { SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';
import { createSystemHeldTo } from '../../sut/systemHeldTo.js';
import { FILE } from '../shared/manifest.js';
import type { Preparation, RunOrder } from '../shared/messages.js';
import type { FileLoader } from './fileLoader.js';
import { loadEngine } from './loadEngine.js';
import { allocate } from './loadPairs.js';

/**
 * The system under test of a page: an engine on the thread that issues queries. It has embedded the reference faces.
 *
 * @throws SUT_EMBEDDINGS if its embeddings are not those of the network; what engine and model throw
 */
export async function createPageSystem(
  order: RunOrder,
  loader: FileLoader,
  inputs: PairInputs<ArrayBufferLike>,
  onPreparation: (preparation: Preparation) => void,
): Promise<ClosableSystemUnderTest> {
  const { engine, configuration } = await loadEngine(order, loader, onPreparation);
  onPreparation('embeddings');
  const reference = {
    weightsSha256: order.manifest.model.weightsSha256,
    read: () => loader.load(FILE.reference),
    allocate,
    hint: 'Choose another engine: this browser, or its graphics driver, computes wrongly with this one.',
  };
  const described = { ...engineOnlyConfiguration(engine), ...configuration, ...order.facts };
  const create = async (given: PairInputs<ArrayBufferLike>) =>
    createIssuingThreadSystem({
      engine,
      network: SPHEREFACE20_SHAPE,
      inputs: given,
      batch: PAIR_IMAGES,
      configuration: described,
      clock: monotonicClock,
    });
  return createSystemHeldTo(reference, create, { inputs, workers: 0 });
}
