import type { TestScenario } from './testSettings.js';

/**
 * The fewest queries of a performance test that is to be short: those for which early stopping can estimate the 90th
 * percentile of SingleStream and the 99th of Server and MultiStream. Offline has no use for it.
 */
export const LEAST_QUERIES: Readonly<Record<TestScenario, number>> = {
  SingleStream: 64,
  MultiStream: 662,
  Server: 459,
  Offline: 24,
};
