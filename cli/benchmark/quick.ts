import type { TestSettings } from '../../loadgen/index.js';
import { LEAST_QUERIES } from '../../loadgen/settings/shortTest.js';

/** So many pairs are spread over the data set, half of them matched. */
export const QUICK_PAIRS = 60;

/** How long a performance test is to take, if the system stays as fast as it was. */
const DURATION_NS = 10e9;
/** Of a system faster than ten milliseconds a pair, so many tell enough. */
const MAX_PAIRS = 1000;

/**
 * Shortens a performance test to some ten seconds, given the time a pair took in the accuracy test before it. The pairs are
 * counted: on a machine that becomes slower or faster a test by time would run out of queries or never see enough.
 */
export function quickSettings(settings: TestSettings, measuredPairNs: number): TestSettings {
  const fewest = LEAST_QUERIES[settings.scenario === 'Offline' ? 'Offline' : 'SingleStream'];
  return {
    ...settings,
    minDurationMs: 0,
    minQueryCount: Math.max(fewest, Math.min(MAX_PAIRS, Math.ceil(DURATION_NS / measuredPairNs))),
    singleStreamExpectedLatencyNs: Math.max(1, measuredPairNs),
    offlineExpectedQps: Math.min(1e8, 1e9 / measuredPairNs),
  };
}
