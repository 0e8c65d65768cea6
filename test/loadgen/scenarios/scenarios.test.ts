import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SCENARIOS } from '../../../loadgen/scenarios/index.js';
import { deriveEffectiveSettings } from '../../../loadgen/settings/effectiveSettings.js';
import {
  defaultTestSettings,
  type EffectiveSettings,
  type TestScenario,
  type TestSettings,
} from '../../../loadgen/settings/testSettings.js';

const LIBRARY = { name: 'faces', totalSampleCount: 600, performanceSampleCount: 100 };

function effective(scenario: TestScenario, changes: Partial<TestSettings>): EffectiveSettings {
  return deriveEffectiveSettings({ ...defaultTestSettings(), ...changes, scenario }, LIBRARY);
}

for (const [scenario, changes, expected] of [
  ['SingleStream', { singleStreamExpectedLatencyNs: 2e6 }, { targetQps: 500, samplesPerQuery: 1, maxAsyncQueries: 1 }],
  ['SingleStream', { minQueryCount: 7, minDurationMs: 0 }, { minQueryCount: 7, minSampleCount: 7 }],
  // Whole permutations of 100 samples, for twice the minimum duration, and one more.
  [
    'SingleStream',
    { sampleConcatenatePermutation: true, singleStreamExpectedLatencyNs: 1e7, minDurationMs: 1000, minQueryCount: 1 },
    { minQueryCount: 300 },
  ],
  ['MultiStream', { multiStreamSamplesPerQuery: 8, minQueryCount: 5 }, { samplesPerQuery: 8, minSampleCount: 40 }],
  ['MultiStream', { multiStreamExpectedLatencyNs: 5e7 }, { targetQps: 20, targetLatencyNs: 0 }],
  ['Server', { serverTargetQps: 30, serverTargetLatencyNs: 1e8 }, { targetQps: 30, targetLatencyNs: 1e8 }],
  ['Server', { serverMaxAsyncQueries: 3 }, { maxAsyncQueries: 3, samplesPerQuery: 1 }],
  // A tenth more than fills the minimum duration.
  ['Offline', { offlineExpectedQps: 50, minDurationMs: 10_000, minQueryCount: 1 }, { samplesPerQuery: 550 }],
  [
    'Offline',
    { offlineExpectedQps: 1, minDurationMs: 0, minQueryCount: 60 },
    { samplesPerQuery: 60, minQueryCount: 1 },
  ],
  ['Offline', { performanceIssueUnique: true }, { samplesPerQuery: 100, targetDurationMs: 0 }],
] satisfies [TestScenario, Partial<TestSettings>, Partial<EffectiveSettings>][]) {
  test(`${scenario} with ${JSON.stringify(changes)} gets ${JSON.stringify(expected)}`, () => {
    assertHas(effective(scenario, changes), expected);
  });
}

for (const [scenario, measuredNs, key, value] of [
  ['SingleStream', 123_456_789, 'target_latency', 123.5],
  ['MultiStream', 5_000_000, 'target_latency', 5],
  ['Server', 10_000_000, 'target_qps', 50],
  // A tenth more, so that the query does not end early.
  ['Offline', 10_000_000, 'target_qps', 110],
] as const) {
  test(`${scenario} expects ${key} = ${value} of what took ${measuredNs} ns, and reads it so from a config file`, () => {
    const expectation = SCENARIOS[scenario].expectation(measuredNs);
    assert.deepEqual([expectation.key, expectation.value], [key, value]);
    const settings = { ...defaultTestSettings(), scenario };
    assert.equal(SCENARIOS[scenario].targetKeys[key](settings, String(value)), undefined);
    assertHas(settings, expectation.settings);
  });
}

for (const [scenario, querySamples, hasSchedule, issuesAll, canFindPeak, scoreKey] of [
  ['SingleStream', 'one', false, false, false, 'early_stopping_latency_ss'],
  ['MultiStream', 'contiguous', false, false, false, 'early_stopping_latency_ms'],
  ['Server', 'one', true, true, true, 'result_completed_samples_per_sec'],
  ['Offline', 'all', true, false, false, 'result_samples_per_second'],
] as const) {
  test(`${scenario}: a query asks for ${querySamples}, the figure is ${scoreKey}`, () => {
    const expected = { querySamples, hasSchedule, issuesAll, canFindPeak, scoreKey };
    assertHas(SCENARIOS[scenario], expected);
  });
}

test('queries of streams and Offline lie the expected time apart', () => {
  const settings = effective('SingleStream', { singleStreamExpectedLatencyNs: 3e6 });
  const nextNs = SCENARIOS.SingleStream.intervalsNs(settings);
  assert.deepEqual([nextNs(), nextNs()], [3e6, 3e6]);
});

test("Server's queries arrive at the target rate in the mean, each time at the same times", () => {
  const settings = effective('Server', { serverTargetQps: 100 });
  const arrivals = () => {
    const nextNs = SCENARIOS.Server.intervalsNs(settings);
    return Array.from({ length: 10_000 }, nextNs);
  };
  const intervals = arrivals();
  const meanMs = intervals.reduce((sum, ns) => sum + ns, 0) / intervals.length / 1e6;
  assert.ok(Math.abs(meanMs - 10) < 0.5, String(meanMs));
  assert.deepEqual(arrivals(), intervals);
});

/** Whether an object has these members; it may have others. */
function assertHas(found: object, expected: object): void {
  const members = new Map(Object.entries(found));
  const picked = Object.fromEntries(Object.keys(expected).map((key) => [key, members.get(key)]));
  assert.deepEqual(picked, { ...expected });
}
