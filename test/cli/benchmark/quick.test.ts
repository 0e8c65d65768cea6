import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { planTests } from '../../../cli/benchmark/planTests.js';
import { QUICK_PAIRS, quickSettings, quickTests } from '../../../cli/benchmark/quick.js';
import { readSettings } from '../../../cli/benchmark/settings.js';
import { answeringAfter, runTest } from '../../loadgen/testRun.js';
import { VirtualClock } from '../../virtualClock.js';

const CONFS = {
  mlperfConf: fileURLToPath(new URL('../../../../mlperf.conf', import.meta.url)),
  userConf: undefined,
};
const MS = 1e6;

/** Runs a quick test of a system that was measured at `measuredNs` a pair and then takes `pairNs`. */
async function quickTest(scenario: 'SingleStream' | 'Offline', measuredNs: number, pairNs: number) {
  const { settings } = readSettings(scenario, 'PerformanceOnly', 'sphereface20', CONFS);
  const clock = new VirtualClock();
  const { logs } = await runTest({
    clock,
    settings: quickSettings(settings, measuredNs),
    totalSampleCount: QUICK_PAIRS,
    // One after another, as workers do.
    issueQuery: (samples, responder) => {
      for (const sample of samples) answeringAfter(pairNs)([sample], responder, clock);
    },
  });
  const result = /^Result is : (.*)$/m.exec(logs.summary)?.[1];
  const logged = (key: string) => Number(new RegExp(`"key": "${key}", "value": (\\d+)`).exec(logs.detail)?.[1]);
  const pairs = logged('generated_query_count') * logged('generated_samples_per_query');
  return { result, pairs, seconds: clock.nowNs() / 1e9 };
}

/** How much slower the system is in the test than it was before it. */
const CHANGES = [0.05, 1 / 3, 1, 3, 20];

const CASES: readonly [scenario: 'SingleStream' | 'Offline', measuredNs: number, pairs: number][] = [
  ['SingleStream', 0, 1000],
  ['SingleStream', 0.001 * MS, 1000],
  ['SingleStream', 7 * MS, 1000],
  ['SingleStream', 10 * MS, 800],
  ['SingleStream', 50 * MS, 160],
  ['SingleStream', 125 * MS, 64],
  ['SingleStream', 126.9 * MS, 64],
  ['SingleStream', 200 * MS, 40],
  ['SingleStream', 3000 * MS, 11],
  ['Offline', 0.001 * MS, 1000],
  ['Offline', 7 * MS, 1000],
  ['Offline', 50 * MS, 160],
  ['Offline', 1000 * MS, 12],
];

for (const [scenario, measuredNs, expectedPairs] of CASES) {
  test(`${scenario} at ${measuredNs / MS} ms a pair: ${expectedPairs} pairs, VALID at any speed`, async () => {
    for (const change of CHANGES) {
      const { result, pairs, seconds } = await quickTest(scenario, measuredNs, measuredNs * change);
      assert.equal(result, 'VALID', `${change} times the time`);
      assert.ok(pairs >= expectedPairs && pairs < expectedPairs + 2 * QUICK_PAIRS, `${pairs} pairs`);
      assert.ok(seconds <= (pairs * measuredNs * change) / 1e9 + 1);
    }
  });
}

test('a system that stays as fast as it was is measured for some eight seconds', async () => {
  for (const pairMs of [10, 20, 50, 100, 150, 500]) {
    const { seconds } = await quickTest('SingleStream', pairMs * MS, pairMs * MS);
    assert.ok(seconds >= 8 && seconds < 10, `${seconds} s at ${pairMs} ms`);
  }
});

for (const [measuredMs, expected] of [
  [1, 0.9],
  [125, 0.9],
  [200, 0.5],
  [5000, 0.5],
] as const) {
  test(`at ${measuredMs} ms a pair, SingleStream estimates percentile ${expected}`, () => {
    const { settings } = readSettings('SingleStream', 'PerformanceOnly', 'sphereface20', CONFS);
    assert.equal(quickSettings(settings, measuredMs * MS).singleStreamTargetLatencyPercentile, expected);
  });
}

for (const [scenarios, expected] of [
  [['SingleStream', 'Offline'], 'Offline accuracy, SingleStream performance, Offline performance'],
  [['SingleStream'], 'SingleStream accuracy, SingleStream performance'],
  [['Offline'], 'Offline accuracy, Offline performance'],
] as const) {
  test(`a quick look at ${scenarios.join(' and ')}: ${expected}`, () => {
    const { tests } = planTests({
      ...{ scenarios, modes: ['AccuracyOnly', 'PerformanceOnly'], network: 'sphereface20', confs: CONFS },
      auditConfig: undefined,
    });
    assert.equal(
      quickTests(tests)
        .map(({ name }) => name)
        .join(', '),
      expected,
    );
  });
}
