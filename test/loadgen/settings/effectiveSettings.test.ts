import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoadGenError } from '../../../base/errors.js';
import { defaultTestSettings, type TestSettings } from '../../../loadgen/index.js';
import { deriveEffectiveSettings } from '../../../loadgen/settings/effectiveSettings.js';

const library = {
  name: 'sixty samples',
  totalSampleCount: 60,
  performanceSampleCount: 50,
  loadSamplesToRam: () => {},
  unloadSamplesFromRam: () => {},
};

function effective(changes: Partial<TestSettings>) {
  return deriveEffectiveSettings({ ...defaultTestSettings(), ...changes }, library);
}

for (const [name, changes, expected] of [
  ['SingleStream', {}, { samplesPerQuery: 1, targetQps: 1000, minSampleCount: 100, performanceSampleCount: 50 }],
  [
    'Offline: one query for 110 % of the duration',
    { scenario: 'Offline', minDurationMs: 10_000, offlineExpectedQps: 30 },
    { samplesPerQuery: 330, minQueryCount: 1, targetDurationMs: 0, minDurationMs: 10_000 },
  ],
  [
    'Offline: at least the minimum count',
    { scenario: 'Offline', minDurationMs: 0, minQueryCount: 70 },
    { samplesPerQuery: 70, minSampleCount: 70 },
  ],
  ['Offline: each sample once', { scenario: 'Offline', performanceIssueUnique: true }, { samplesPerQuery: 50 }],
  [
    'an override of the performance sample count',
    { performanceSampleCountOverride: 60 },
    { performanceSampleCount: 60 },
  ],
  ['an override of the accuracy sample count', { accuracySampleCountOverride: 7 }, { accuracySampleCount: 7 }],
  [
    'permutations: a multiple of the set, one more',
    { sampleConcatenatePermutation: true, minDurationMs: 0, minQueryCount: 100 },
    { minQueryCount: 150 },
  ],
  [
    'TEST05 brings its seeds and a performance run',
    { test05: true, mode: 'AccuracyOnly' },
    { mode: 'PerformanceOnly' },
  ],
] as const) {
  test(name, () => {
    const settings = effective(changes);
    assert.deepEqual({ ...settings, ...expected }, settings);
  });
}

for (const [changes, fault] of [
  [{ performanceSampleCountOverride: 61 }, /performance_sample_count_override = 61, expected at most the library's 60/],
  [{ accuracySampleCountOverride: 61 }, /accuracy_sample_count_override = 61, expected at most the library's 60/],
  [{ serverFindPeakQpsBoundaryStepSize: 0 }, /step size above 0/],
  [{ serverFindPeakQpsDecimalsOfPrecision: 400 }, /0 to 6 decimals/],
  [{ minDurationMs: 0, minQueryCount: 0 }, /both 0: nothing would be issued/],
  [{ scenario: 'Offline', minDurationMs: 0, minQueryCount: 0 }, /a query has no samples/],
  [{ singleStreamExpectedLatencyNs: 0.1 }, /at most 1000000000/],
  [
    { minDurationMs: 600_000, singleStreamExpectedLatencyNs: 10 },
    /SingleStream in PerformanceOnly:\n.*some 1\.2e\+11 samples/,
  ],
  [
    { scenario: 'Offline', minDurationMs: 600_000, offlineExpectedQps: 1e6 },
    /Offline in PerformanceOnly:\n.*some 6\.6e\+8 samples/,
  ],
  [{ singleStreamTargetLatencyPercentile: 1 }, /percentile is 100, expected between 0 and 100/],
  [{ performanceIssueSame: true, performanceIssueSameIndex: 50 }, /performance_issue_same_index = 50, expected below/],
  [
    { performanceIssueSame: true, performanceIssueSameIndex: 10, mode: 'AccuracyOnly' },
    /performance_issue_same_index = 10, expected below 10/,
  ],
  [{ performanceIssueSame: true, performanceIssueUnique: true }, /they exclude each other/],
  [
    { scenario: 'MultiStream', performanceIssueUnique: true, sampleConcatenatePermutation: true },
    /more queries than are unique/,
  ],
] as const) {
  test(`refused: ${fault.source}`, () =>
    assert.throws(
      () => effective(changes),
      (error) => error instanceof LoadGenError && fault.test(error.message),
    ));
}

test('all faults are named at once', () => {
  assert.throws(() => effective({ performanceSampleCountOverride: 61, accuracySampleCountOverride: 61 }), {
    message: /performance_sample_count_override[\s\S]*accuracy_sample_count_override/,
  });
});
