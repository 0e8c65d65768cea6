import { SYNTHETIC_DATASET } from '../../qsl/datasets/datasetFolder.js';
import type { Precision } from '../../sut/engine.js';
import { SPHEREFACE20_NETWORK } from '../../sut/networks/sphereface20.js';
import { IN_THREAD } from '../../sut/placement.js';
import { openBenchmarkDataset } from '../benchmark/openBenchmarkDataset.js';
import { openContestant } from '../duel/contestant.js';
import { startProgressBar } from '../progressBar.js';
import { sentSystem, supervisionOf } from '../supervision/supervisedSystems.js';
import { systemChoiceOf } from '../systemOptions.js';
import { measureInTurns, type Outcome } from './measureInTurns.js';

export interface SystemToMeasure {
  readonly name: string;
  readonly precision: Precision;
}

const NETWORK = SPHEREFACE20_NETWORK.name;
const DATASET = {
  ...{ network: NETWORK, dataset: SYNTHETIC_DATASET, pairsFile: undefined, pairs: 4, set: undefined },
  ...{ skipMissing: false, applyOrientation: false },
};

/**
 * The time of an inference of each system, each in a process of its own, on one thread; its embeddings are checked first.
 */
export async function measureSystems(systems: readonly SystemToMeasure[], signal: AbortSignal): Promise<Outcome[]> {
  const { digest } = await openBenchmarkDataset(DATASET, [], signal);
  const contestants = systems.map(({ name, precision }) => {
    const system = systemChoiceOf({
      ...{ network: NETWORK, sut: name, precision, model: undefined, python: undefined },
      ...{ workers: undefined, threads: undefined, batch: undefined },
    });
    return openContestant(
      {
        ...{ system: sentSystem(system), placement: IN_THREAD, dataset: DATASET, datasetSha256: digest },
        ...{ responseTimeoutMs: undefined, slowEngines: new Map() },
      },
      supervisionOf(system, signal),
    );
  });
  const bar = startProgressBar('Measuring in turns');
  try {
    return await measureInTurns(contestants, { signal, onTurn: (share) => bar.update(share) });
  } finally {
    bar.stop();
    await Promise.all(contestants.map((contestant) => contestant.close()));
  }
}
