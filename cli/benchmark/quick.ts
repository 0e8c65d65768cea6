import type { TestSettings } from '../../loadgen/index.js';
import { affordSingleStream } from '../../loadgen/settings/shortTest.js';
import type { PlannedTest } from './planTests.js';

/** So many pairs are spread over the data set, half of them matched. */
export const QUICK_PAIRS = 16;

/** How long a performance test is to take, if the system stays as fast as it was. */
const DURATION_NS = 8e9;
/** Of a system faster than eight milliseconds a pair, so many tell enough. */
const MAX_PAIRS = 1000;
/** Enough to keep the cores busy for most of the time. */
const LEAST_OFFLINE_PAIRS = 12;

/** What a quick look consists of: accuracy once, which is the same in each scenario, where all cores compute, and first. */
export function quickTests(tests: readonly PlannedTest[]): PlannedTest[] {
  const accuracyTests = tests.filter(({ mode }) => mode === 'AccuracyOnly');
  const accuracy = accuracyTests.find(({ scenario }) => scenario === 'Offline') ?? accuracyTests.at(0);
  return [...(accuracy === undefined ? [] : [accuracy]), ...tests.filter(({ mode }) => mode !== 'AccuracyOnly')];
}

/**
 * Shortens a performance test to some eight seconds, given the time a pair took in the accuracy test before it. The pairs
 * are counted: on a machine that becomes slower or faster a test by time would run out of queries or never see enough.
 *
 * @param measuredPairNs as the scenario has pairs answered: one after another in SingleStream, by all workers in Offline
 */
export function quickSettings(settings: TestSettings, measuredPairNs: number): TestSettings {
  const affordable = Math.min(MAX_PAIRS, Math.ceil(DURATION_NS / measuredPairNs));
  const common = { ...settings, minDurationMs: 0 };
  if (settings.scenario === 'Offline') {
    const offlineExpectedQps = Math.min(1e8, 1e9 / measuredPairNs);
    return { ...common, offlineExpectedQps, minQueryCount: Math.max(LEAST_OFFLINE_PAIRS, affordable) };
  }
  const singleStreamExpectedLatencyNs = Math.max(1, measuredPairNs);
  return affordSingleStream({ ...common, singleStreamExpectedLatencyNs }, affordable);
}
