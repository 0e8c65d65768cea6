import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TEST_SCENARIOS } from '../../../loadgen/index.js';
import { answeringAfter, runTest } from '../testRun.js';

const LATENCY_NS = 1e6;

for (const scenario of TEST_SCENARIOS) {
  for (const [mode, warmUpSamples] of [
    ['AccuracyOnly', 0],
    ['PerformanceOnly', 0],
    ['PerformanceOnly', 2],
  ] as const) {
    test(`${scenario}, ${mode}, ${warmUpSamples} to warm up: samples are taken after they are loaded, before they are asked for`, async () => {
      let loaded: readonly number[] = [];
      let taken = new Set<number>();
      let calls = 0;
      const { result } = await runTest({
        settings: { scenario, mode, serverTargetQps: 100 },
        onLoad: (samples) => {
          loaded = samples;
          taken = new Set();
        },
        takeSamples: async (samples) => {
          calls++;
          assert.deepEqual(samples, loaded);
          // The system is waited for.
          await new Promise((resolve) => setImmediate(resolve));
          taken = new Set(samples);
        },
        issueQuery: (samples, responder, clock) => {
          for (const { index } of samples) assert.ok(taken.has(index), `sample ${index}`);
          answeringAfter(LATENCY_NS)(samples, responder, clock);
        },
        options: { warmUpSamples },
      });
      assert.equal(result.state, 'completed');
      assert.equal(calls, warmUpSamples === 0 ? 1 : 2);
    });
  }
}

for (const [when, warmUpSamples] of [
  ['a test', 0],
  ['its warm-up', 2],
] as const) {
  for (const [how, takeSamples] of [
    [
      'throws',
      () => {
        throw new Error('no room');
      },
    ],
    ['breaks its promise', () => Promise.reject(new Error('no room'))],
  ] as const) {
    test(`a system that ${how} when it is to take the samples of ${when} ends INVALID, with the reason`, async () => {
      const { result, logs } = await runTest({
        takeSamples,
        issueQuery: () => assert.fail('nothing is to be asked'),
        options: { warmUpSamples },
      });
      assert.equal(result.state === 'brokenOff' && result.reason.code, 'SUT_FAILED');
      assert.match(logs.detail, /failed to take samples: no room/);
      assert.match(logs.summary, /Result is : INVALID/);
    });
  }
}
