import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HistogramLogReader } from 'hdr-histogram-js';
import { MAX_LATENCY_NS } from '../../logs/latencies/read.js';
import { hgrmText, hlogText, latencyCsv, readQueryLatencies } from '../../reports/latencyFiles.js';
import { openRun } from '../../runs/openRun.js';
import { singleStream, writeTest } from './figures/runFolders.js';

const latenciesNs = Float64Array.from({ length: 1000 }, (_, query) => 1e6 + ((query * 7919) % 1000) * 1000);

async function exported() {
  const folder = writeTest({ ...singleStream(latenciesNs), test_datetime: '"2026-01-31T12:30:59Z"' }, latenciesNs);
  for await (const latencies of readQueryLatencies(await openRun(folder))) return latencies;
  throw new Error('there are no latencies');
}

test('the longest latency that a log may hold is exported', () => {
  const longest = { folder: '', scenario: 'Server', startedAtMs: 0, latenciesNs: Float64Array.of(1, MAX_LATENCY_NS) };
  assert.match(hgrmText(longest), /Total count\s*=\s*2/);
  assert.match(hlogText(longest), /Server/);
});

test('CSV has each latency, exactly and in the order of issue', async () => {
  const [head, ...rows] = latencyCsv(await exported())
    .trimEnd()
    .split('\r\n');
  assert.equal(head, 'query,latency_ns');
  assert.deepEqual(
    rows,
    Array.from(latenciesNs, (ns, query) => `${query},${ns}`),
  );
});

test('the log states the maximum in milliseconds, as its readers expect', async () => {
  const line = hlogText(await exported())
    .split('\n')
    .find((text) => text.startsWith('Tag='));
  assert.match(line ?? '', /^Tag=SingleStream,\d+\.\d{3},0\.000,(1\.999|2\.000),HIST/);
});

test('the log is read by an HdrHistogram reader, with each percentile within a thousandth', async () => {
  const histogram = new HistogramLogReader(hlogText(await exported())).nextIntervalHistogram();
  assert.ok(histogram !== null && 'totalCount' in histogram);
  assert.deepEqual([histogram.totalCount, histogram.tag], [1000, 'SingleStream']);
  const sorted = latenciesNs.toSorted();
  for (const percentile of [1, 50, 90, 99, 100]) {
    const exact = sorted[percentile * 10 - 1] ?? 0;
    assert.ok(Math.abs(histogram.getValueAtPercentile(percentile) / exact - 1) < 0.001, String(percentile));
  }
});

test('the percentile distribution ends with the count and the slowest', async () => {
  const text = hgrmText(await exported());
  assert.match(text, /^ +Value +Percentile +TotalCount 1\/\(1-Percentile\)/);
  const [, slowest, count] = /#\[Max += +([\d.]+), Total count += +(\d+)\]/.exec(text) ?? [];
  assert.equal(count, '1000');
  assert.ok(Math.abs(Number(slowest) / 1_999_000 - 1) < 0.001);
});

test('a test without latencies is named', async () => {
  const folder = writeTest(singleStream(latenciesNs));
  await assert.rejects(readQueryLatencies(await openRun(folder)).next(), {
    code: 'REPORT_NO_LATENCIES',
    message: /there is no mlperf/,
  });
});
