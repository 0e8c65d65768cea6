import type { SystemChoice } from '../../cli/benchmark/systemChoice.js';
import { SPHEREFACE20_NETWORK } from '../../sut/networks/sphereface20.js';

/** A system of which nothing was asked but its name and `asked`. */
export function plainSystem(sutName: string, asked: Partial<SystemChoice> = {}): SystemChoice {
  return {
    network: SPHEREFACE20_NETWORK,
    sutName,
    modelFile: undefined,
    precision: undefined,
    workers: undefined,
    threads: undefined,
    batch: undefined,
    python: undefined,
    startTimeoutMs: undefined,
    warmUp: 0,
    unverified: false,
    ...asked,
  };
}
