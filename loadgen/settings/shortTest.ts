import { minPassingQueries } from '../results/earlyStopping.js';
import type { TestScenario, TestSettings } from './testSettings.js';

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

/** What is estimated of a system too slow for the percentile of the settings: the median takes the fewest queries. */
const SLOW_PERCENTILE = 0.5;
const LEAST_SLOW_QUERIES = minPassingQueries(1, SLOW_PERCENTILE) + 1;

/** SingleStream of as many queries as there is time for; if they are too few for the settings' percentile, of the median. */
export function affordSingleStream(settings: TestSettings, affordableQueries: number): TestSettings {
  if (affordableQueries >= LEAST_QUERIES.SingleStream) return { ...settings, minQueryCount: affordableQueries };
  return {
    ...settings,
    singleStreamTargetLatencyPercentile: SLOW_PERCENTILE,
    minQueryCount: Math.max(LEAST_SLOW_QUERIES, affordableQueries),
  };
}
