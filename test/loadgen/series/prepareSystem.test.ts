import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestSettings } from '../../../loadgen/index.js';
import type { MeasuredExpectation } from '../../../loadgen/series/prepareSystem.js';
import { EMPTY, type IssueQuery, runTest } from '../testRun.js';

/** Each sample takes this long, one after another. */
const takingNs =
  (sampleNs: number): IssueQuery =>
  (samples, responder, clock) => {
    clock.advanceBy(samples.length * sampleNs);
    responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: EMPTY })));
  };

async function measure(settings: Partial<TestSettings>, issueQuery: IssueQuery, warmUpSamples = 2) {
  const told: MeasuredExpectation[] = [];
  const onExpectation = (expectation: MeasuredExpectation) => told.push(expectation);
  const options = { warmUpSamples, measureExpectation: true, onExpectation, responseTimeoutMs: 10_000 };
  const { result, logs } = await runTest({ settings, issueQuery, options });
  return { result, logs, told };
}

const SECOND = { minDurationMs: 1000, minQueryCount: 10 };

for (const [scenario, sampleNs, key, value, entry] of [
  ['SingleStream', 20e6, 'target_latency', 20, 'requested_single_stream_expected_latency_ns", "value": 2e+07'],
  ['MultiStream', 20e6, 'target_latency', 160, 'requested_multi_stream_expected_latency_ns", "value": 1.6e+08'],
  // A tenth more than was seen.
  ['Offline', 20e6, 'target_qps', 55, 'requested_offline_expected_qps", "value": 55'],
  // Half of what was seen.
  ['Server', 20e6, 'target_qps', 25, 'requested_server_target_qps", "value": 25'],
] as const) {
  test(`${scenario}: a system that takes ${sampleNs / 1e6} ms a sample is expected to do ${key} = ${value}`, async () => {
    const { result, logs, told } = await measure({ scenario, ...SECOND }, takingNs(sampleNs));
    assert.equal(result.state, 'completed');
    assert.deepEqual(
      told.map((one) => [one.key, one.value]),
      [[key, value]],
    );
    assert.ok(logs.detail.includes(entry), entry);
    assert.match(logs.detail, new RegExp(`"measured_expectation", "value": "${key} = ${value}, measured in `));
    assert.match(logs.detail, /"warm_up_samples", "value": "2"/);
  });
}

test('what is measured makes a run VALID that the settings would have made too short', async () => {
  const { result } = await measure({ ...SECOND, minQueryCount: 1 }, takingNs(200_000));
  assert.ok(result.state === 'completed' && result.performance?.valid);
});

test('a system too fast to be a network keeps what the settings expect', async () => {
  const { logs, told } = await measure(SECOND, takingNs(1000));
  assert.deepEqual(told, []);
  assert.match(logs.detail, /"requested_single_stream_expected_latency_ns", "value": 1e\+06/);
});

test('nothing is asked before a test unless that is wanted, nor before an accuracy test', async () => {
  for (const [mode, options] of [
    ['PerformanceOnly', {}],
    ['AccuracyOnly', { warmUpSamples: 5, measureExpectation: true }],
  ] as const) {
    let asked = 0;
    const { logs } = await runTest({
      settings: { mode, minQueryCount: 10 },
      issueQuery: (samples, responder, clock) => {
        asked += samples.length;
        takingNs(1e6)(samples, responder, clock);
      },
      options,
    });
    assert.equal(asked, 10, mode);
    assert.doesNotMatch(logs.detail, /warm_up/);
  }
});

test('the first samples, untimed, are not in the latencies', async () => {
  let asked = 0;
  const { result } = await runTest({
    settings: { minQueryCount: 50 },
    issueQuery: (samples, responder, clock) => {
      takingNs(asked < 3 ? 900e6 : 1e6)(samples, responder, clock);
      asked += samples.length;
    },
    options: { warmUpSamples: 3 },
  });
  assert.ok(result.state === 'completed');
  assert.deepEqual([asked, result.performance?.latency.maxNs], [53, 1e6]);
});

for (const [what, issueQuery, code] of [
  [
    'throws',
    () => {
      throw new Error('no power');
    },
    'SUT_FAILED',
  ],
  ['fails', (_, responder) => responder.fail('no power'), 'SUT_FAILED'],
  ['rejects', async () => Promise.reject(new Error('no power')), 'SUT_FAILED'],
  ['is silent', (_, __, clock) => void setImmediate(() => clock.advanceBy(1e12)), 'SUT_NO_ANSWER'],
  [
    'answers what was not asked',
    (_, responder) => responder.querySamplesComplete([{ id: 99, data: EMPTY }]),
    'SUT_FAILED',
  ],
] as const satisfies readonly (readonly [string, IssueQuery, string])[]) {
  test(`a system that ${what} while it is warmed up ends the test INVALID`, async () => {
    const { result, logs } = await measure({}, issueQuery);
    assert.equal(result.state === 'brokenOff' && result.reason.code, code);
    assert.match(logs.summary, /\nResult is : INVALID\n/);
  });
}

test('an abort while the system is warmed up ends the test INVALID', async () => {
  const controller = new AbortController();
  const { result } = await runTest({
    issueQuery: () => setImmediate(() => controller.abort()),
    options: { warmUpSamples: 1, signal: controller.signal },
  });
  assert.equal(result.state === 'brokenOff' && result.reason.code, 'RUN_ABORTED');
});
