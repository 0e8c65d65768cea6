import { availableParallelism } from 'node:os';
import type { TestScenario } from '../../loadgen/index.js';
import type { Network, Placement, Precision } from '../../sut/index.js';

/** What the command line says of the system under test. */
export interface SystemChoice {
  readonly network: Network;
  readonly sutName: string;
  readonly modelFile: string | undefined;
  readonly precision: Precision | undefined;
  readonly workers: number | undefined;
  readonly threads: number | undefined;
  readonly batch: number | undefined;
}

/**
 * Unless the user says otherwise, SingleStream has its one pair answered by the issuing thread, and everything else is
 * computed by as many workers as there are cores. Workers that the user wants in SingleStream share each pair.
 */
export function placementFor(scenario: TestScenario, { workers, threads = 1, batch = 4 }: SystemChoice): Placement {
  const spreadPairs = scenario === 'SingleStream';
  const wanted = workers ?? (spreadPairs ? 0 : Math.max(1, Math.floor(availableParallelism() / threads)));
  return { workers: wanted, threads, batch, spreadPairs };
}
