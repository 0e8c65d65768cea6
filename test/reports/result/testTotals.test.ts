import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRunResult } from '../../../reports/result/readRunResult.js';
import { offline, singleStream, writeTest } from '../figures/runFolders.js';

const latenciesNs = Float64Array.from({ length: 1000 }, (_, query) => 1e6 + query * 1000);

test('the totals of SingleStream', async () => {
  const values = singleStream(latenciesNs, {
    result_qps_with_loadgen_overhead: '500',
    result_mean_latency_ns: '1499500',
    result_max_latency_ns: '1999000',
  });
  const [result] = (await readRunResult(writeTest(values, latenciesNs))).tests;
  assert.deepEqual(result?.totals, {
    queryCount: 1000,
    sampleCount: 1000,
    durationNs: 1_999_499_500,
    meanLatencyNs: 1_499_500,
    maxLatencyNs: 1_999_000,
    queriesPerSecond: 1000 / 1.9994995,
  });
});

test('the totals of Offline: one query lasts as long as the test', async () => {
  const [result] = (await readRunResult(writeTest(offline(latenciesNs), latenciesNs))).tests;
  const { queryCount, sampleCount, durationNs } = result?.totals ?? {};
  assert.deepEqual([queryCount, sampleCount, durationNs], [1, 1000, 1_999_000]);
});

test('what a log does not say is null', async () => {
  const [result] = (await readRunResult(writeTest(singleStream(latenciesNs)))).tests;
  assert.deepEqual(
    [result?.totals?.queryCount, result?.totals?.durationNs, result?.totals?.maxLatencyNs],
    [1000, null, null],
  );
});
