import { PAIR_IMAGES, type PairInputs } from '../../base/pairLayout.js';
import { monotonicClock } from '../../platform/browser/index.js';
import { type ClosableSystemUnderTest, engineOnlyConfiguration } from '../../sut/closableSystemUnderTest.js';
import { createIssuingThreadSystem } from '../../sut/issuingThreadSystem.js';
import { createSystemHeldTo } from '../../sut/systemHeldTo.js';
import { importPageEngine } from '../engines/index.js';
import { FILE } from '../shared/manifest.js';
import type { RunOrder, WorkerReport } from '../shared/messages.js';
import { runtimeFileName } from '../shared/pageEngines.js';
import type { FileLoader } from './fileLoader.js';
import { allocate } from './loadPairs.js';
import { makeModel } from './makeModel.js';

/**
 * The system under test of a page: an engine on the thread that issues queries. It has embedded the reference faces.
 *
 * @throws SUT_EMBEDDINGS if its embeddings are not those of the network; what engine and model throw
 */
export async function createPageSystem(
  { manifest, engine: name, precision, facts }: RunOrder,
  loader: FileLoader,
  inputs: PairInputs<ArrayBufferLike>,
  report: (message: WorkerReport) => void,
): Promise<ClosableSystemUnderTest> {
  const prepare = (preparation: 'model' | 'engine' | 'embeddings') => report({ kind: 'preparation', preparation });
  const { format, createEngine } = await importPageEngine(name);
  const { model, configuration } = await makeModel(format, manifest, loader, () => prepare('model'));
  prepare('engine');
  const engine = await createEngine(model, {
    precision,
    version: manifest.runtimes[name] ?? 'unknown',
    load: (file) => loader.load(runtimeFileName(name, file)),
  });
  prepare('embeddings');
  const reference = {
    weightsSha256: manifest.model.weightsSha256,
    read: () => loader.load(FILE.reference),
    allocate,
  };
  const described = { ...engineOnlyConfiguration(engine), ...configuration, ...facts };
  const create = async (given: PairInputs<ArrayBufferLike>) =>
    createIssuingThreadSystem({
      engine,
      network: model.network,
      inputs: given,
      batch: PAIR_IMAGES,
      configuration: described,
      clock: monotonicClock,
    });
  return createSystemHeldTo(reference, create, { inputs, workers: 0 });
}
