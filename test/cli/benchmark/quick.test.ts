import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { QUICK_PAIRS, quickSettings } from '../../../cli/benchmark/quick.js';
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
  ['SingleStream', 9 * MS, 1000],
  ['SingleStream', 11 * MS, 910],
  ['SingleStream', 50 * MS, 200],
  ['SingleStream', 1000 * MS, 64],
  ['Offline', 0.001 * MS, 1000],
  ['Offline', 9 * MS, 1000],
  ['Offline', 50 * MS, 200],
  ['Offline', 1000 * MS, 24],
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

test('a system that stays as fast as it was is measured for some ten seconds', async () => {
  for (const pairMs of [10, 20, 50, 100, 150]) {
    const { seconds } = await quickTest('SingleStream', pairMs * MS, pairMs * MS);
    assert.ok(seconds >= 10 && seconds < 12, `${seconds} s at ${pairMs} ms`);
  }
});
