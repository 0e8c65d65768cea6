import type { TestSettings } from '../../loadgen/index.js';

/** So many pairs are spread over the data set, half of them matched. */
export const QUICK_PAIRS = 60;

const MIN_DURATION_MS = 10_000;
/** The fewest for which early stopping can estimate the 90th percentile; Offline has no use for it. */
const MIN_QUERY_COUNT = { SingleStream: 64, Offline: 24 };
/** The one query of Offline is sized by the rate measured before; half as much again, so that it lasts long enough. */
const OFFLINE_MARGIN = 1.5;
/**
 * A system faster than this is measured by count, which then takes ten seconds at most; in a given time it might answer
 * millions. Far above the millisecond a pair that the accuracy test takes to load samples and to write logs.
 */
const FAST_NS = 10_000_000;
const FAST_QUERY_COUNT = 1000;

/** Shortens a performance test to some ten seconds, given the time a pair took in the accuracy test before it. */
export function quickSettings(settings: TestSettings, measuredPairNs: number): TestSettings {
  const fast = measuredPairNs < FAST_NS;
  return {
    ...settings,
    minDurationMs: fast ? 0 : MIN_DURATION_MS,
    minQueryCount: fast
      ? FAST_QUERY_COUNT
      : MIN_QUERY_COUNT[settings.scenario === 'Offline' ? 'Offline' : 'SingleStream'],
    singleStreamExpectedLatencyNs: Math.max(1, measuredPairNs),
    offlineExpectedQps: OFFLINE_MARGIN * Math.min(1e8, 1e9 / measuredPairNs),
  };
}
