/** Where the official LoadGen is odd: what is matched to the letter, and what is done better. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoadGenError } from '../../base/errors.js';
import { applyConfigFile, defaultTestSettings } from '../../loadgen/index.js';
import { answeringAfter, runTest } from './testRun.js';

test('matched: 64-bit seeds are bare numbers, digit for digit', async () => {
  const { logs } = await runTest({ settings: { qslRngSeed: 16159082839903944936n }, issueQuery: answeringAfter(1000) });
  assert.match(logs.detail, /"key": "effective_qsl_rng_seed", "value": 16159082839903944936, /);
});

test('matched: real numbers have six significant digits', async () => {
  const { logs } = await runTest({
    settings: { singleStreamExpectedLatencyNs: 3e6 },
    issueQuery: answeringAfter(1000),
  });
  assert.match(logs.detail, /"key": "effective_target_qps", "value": 333\.333, /);
  assert.match(logs.detail, /"key": "requested_single_stream_expected_latency_ns", "value": 3e\+06, /);
  assert.match(logs.summary, /\ntarget_qps : 333\.333\n/);
});

test('matched: the shape of a detail line', async () => {
  const { logs } = await runTest({ issueQuery: answeringAfter(1000) });
  assert.match(
    logs.detail.split('\n')[3] ?? '',
    /^:::MLLOG \{"key": "qsl_name", "value": "library", "time_ms": \d+\.\d{6}, "namespace": "mlperf::logging", "event_type": "POINT_IN_TIME", "metadata": \{"is_error": false, "is_warning": false, "file": "[^"]+", "line_no": \d+, "pid": \d+, "tid": \d+\}\}$/,
  );
});

test('matched: the summary of a valid SingleStream run, line by line', async () => {
  const { logs } = await runTest({ issueQuery: answeringAfter(1000) });
  assert.match(
    logs.summary,
    /^={48}\nMLPerf Results Summary\n={48}\nSUT name : tested\nScenario : SingleStream\nMode {5}: PerformanceOnly\n90\.0th percentile latency \(ns\) : 1000\nResult is : VALID\n {2}Min duration satisfied : Yes\n {2}Min queries satisfied : Yes\n {2}Early stopping satisfied: Yes\n/,
  );
  assert.match(logs.summary, / \* Early stopping 90\.0th percentile estimate: 1000\n/);
  assert.match(logs.summary, /\nNo warnings encountered during test\.\n\nNo errors encountered during test\.\n/);
});

test("matched: without an estimate of its own percentile, SingleStream has none of MultiStream's", async () => {
  const { logs } = await runTest({
    settings: { singleStreamTargetLatencyPercentile: 0.999, minQueryCount: 700 },
    issueQuery: answeringAfter(1000),
  });
  assert.match(logs.detail, /Need to process at least 6636 queries/);
  assert.match(logs.detail, /"early_stopping_latency_ms", "value": 0,/);
});

test('better: where only early stopping failed, there is a reason', async () => {
  const { logs } = await runTest({ settings: { minQueryCount: 10 }, issueQuery: answeringAfter(1000) });
  assert.match(
    logs.detail,
    /"result_invalid_reason", "value": "Early stopping: Only processed 10 queries\. {2}Need to process at least 64 queries for early stopping\."/,
  );
});

test('better: a rate that nothing was measured for leaves the log valid JSON', async () => {
  const { logs } = await runTest({ settings: { minQueryCount: 1 }, issueQuery: answeringAfter(0) });
  for (const line of logs.detail.trimEnd().split('\n')) JSON.parse(line.slice(':::MLLOG '.length));
  assert.match(logs.detail, /"result_qps_with_loadgen_overhead", "value": null/);
});

test('better: an audit.config is only used when it is given, and the logs say so', async () => {
  const text = '*.*.performance_issue_same = 1\n*.*.performance_issue_same_index = 3\n';
  const run = (options = {}) => runTest({ issueQuery: answeringAfter(1000), options });
  const audited = await run({ auditConfig: { path: 'audit.config', kind: 'audit', text } });
  assert.match(audited.logs.detail, /"warning_generic_message", "value": "Found Audit Config file/);
  assert.match(audited.logs.detail, /"effective_performance_issue_same", "value": true/);
  assert.match(
    audited.logs.summary,
    /\nperformance_issue_same : 1\n[\s\S]*\n1 warning encountered\. See detailed log\.\n/,
  );
  assert.doesNotMatch((await run()).logs.detail, /Audit Config/);
});

test('better: an override larger than the library is refused, not reported as the fact', async () => {
  await assert.rejects(
    runTest({ settings: { performanceSampleCountOverride: 11 }, issueQuery: answeringAfter(1) }),
    (error) => error instanceof LoadGenError && /expected at most the library's 10 samples/.test(error.message),
  );
});

test('better: keys of language models are accepted and said to have no effect', () => {
  const settings = defaultTestSettings();
  const text = '*.*.use_token_latencies = 1\nother.*.infer_token_latencies = 1\n';
  const notices = applyConfigFile(settings, { path: 'user.conf', kind: 'user', text }, 'sphereface20');
  assert.deepEqual(notices, ['user.conf: use_token_latencies has no effect: only language models have tokens']);
  assert.deepEqual(settings, defaultTestSettings());
});
