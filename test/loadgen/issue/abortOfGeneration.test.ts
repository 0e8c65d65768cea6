/** On the real clock: making so many queries takes long enough for an abort to come in between, on any machine. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { monotonicClock, TEST_SCENARIOS, type TestSettings } from '../../../platform/node/index.js';
import { runTest } from '../testRun.js';

const MANY = 2 ** 25;

const CASES: readonly Partial<TestSettings>[] = [
  ...TEST_SCENARIOS.map((scenario) => ({
    scenario,
    minQueryCount: scenario === 'MultiStream' ? MANY / 8 : MANY,
    serverTargetQps: 1e9,
  })),
  { scenario: 'SingleStream', minQueryCount: MANY / 2, sampleConcatenatePermutation: true },
  { scenario: 'Server', mode: 'FindPeakPerformance', minQueryCount: MANY },
  { scenario: 'SingleStream', minQueryCount: MANY, accuracyLogProbability: 0.5 },
];

for (const settings of CASES) {
  const what = Object.entries(settings).map(([key, value]) => `${key} ${value}`);
  test(`an abort while queries are made leaves whole logs, nothing issued: ${what.join(', ')}`, async () => {
    const controller = new AbortController();
    let issued = 0;
    const run = runTest({
      settings,
      issueQuery: () => {
        issued++;
      },
      totalSampleCount: 1000,
      options: {
        clock: monotonicClock,
        signal: controller.signal,
        startMonitor: () => async () => undefined,
        onProgress: () => setTimeout(() => controller.abort(), 1),
      },
    });
    const { result, logs } = await run;
    assert.equal(result.state === 'brokenOff' && result.reason.code, 'RUN_ABORTED');
    assert.equal(issued, 0);
    assert.match(logs.summary, /Result is : INVALID\n[\s\S]*the run was aborted[\s\S]*1 ERROR encountered/);
    assert.match(logs.detail, /"result_invalid_reason", "value": "the run was aborted/);
    assert.deepEqual(JSON.parse(logs.accuracy), []);
    JSON.parse(logs.trace);
  });
}
