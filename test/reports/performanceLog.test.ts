import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DETAIL_LOG_NAME } from '../../logs/detail/read.js';
import { judgeAngles } from '../../reports/accuracy/computeAccuracy.js';
import { readAccuracyRow, readPerformanceRow } from '../../reports/performanceLog.js';
import { labelledPair } from './accuracy/responses.js';
import { detailLine, detailLogText, readGoldenRun } from './goldenRun.js';
import { writeLog } from './temporaryFolder.js';

const SINGLE_STREAM = {
  sut_name: '"null"',
  effective_scenario: '"SingleStream"',
  result_validity: '"VALID"',
  'result_50.00_percentile_latency_ns': '100',
  'result_90.00_percentile_latency_ns': '200',
  'result_99.00_percentile_latency_ns': '300',
};
const INVALID = { ...SINGLE_STREAM, result_validity: '"INVALID"' };

function logDirOf(values: Readonly<Record<string, string>>, ...moreLines: string[]): string {
  const lines = Object.entries(values).map(([key, valueText]) => detailLine(key, valueText));
  return writeLog(DETAIL_LOG_NAME, [...lines, ...moreLines, ''].join('\n')).logDir;
}

const valid = { sutName: 'null', validity: 'VALID', invalidReasons: [], errorMessages: [] };

test('the row of a SingleStream run', async () =>
  assert.deepEqual(await readPerformanceRow(logDirOf(SINGLE_STREAM)), {
    kind: 'SingleStreamPerformance',
    ...valid,
    latencyNs: { p50: 100, p90: 200, p99: 300 },
  }));

test('the row of an Offline run', async () => {
  const values = { sut_name: '"null"', effective_scenario: '"Offline"', result_validity: '"VALID"' };
  assert.deepEqual(await readPerformanceRow(logDirOf({ ...values, result_samples_per_second: '8.25' })), {
    kind: 'OfflinePerformance',
    ...valid,
    pairsPerSecond: 8.25,
  });
});

test('the row of an Offline run that lies in the fixtures', async () => {
  const logDir = fileURLToPath(new URL('../../../test/fixtures/offline-run/', import.meta.url));
  assert.deepEqual(await readPerformanceRow(logDir), {
    kind: 'OfflinePerformance',
    sutName: 'sphereface20 on "tfjs-tflite"',
    validity: 'INVALID',
    invalidReasons: [
      'Increase expected QPS so the loadgen pre-generates a larger (coalesced) query.',
      'The minimum duration was not reached.',
    ],
    errorMessages: ['Multiple conf files are used. This is not valid for official submission.'],
    pairsPerSecond: 2.22315,
  });
});

test('the row of a MultiStream run has the latencies of queries', async () => {
  const percentiles = { '50.00': 10, '90.00': 20, '99.00': 30 };
  const perQuery = Object.fromEntries(
    Object.entries(percentiles).map(([name, ns]) => [`result_${name}_percentile_per_query_latency_ns`, String(ns)]),
  );
  const values = {
    ...SINGLE_STREAM,
    ...perQuery,
    effective_scenario: '"MultiStream"',
    effective_samples_per_query: '8',
  };
  const row = await readPerformanceRow(logDirOf(values));
  assert.ok(row.kind === 'MultiStreamPerformance');
  assert.deepEqual([row.pairsPerQuery, row.latencyNs], [8, { p50: 10, p90: 20, p99: 30 }]);
});

test('the row of a Server run has its rate and the latencies of samples', async () => {
  const values = { ...SINGLE_STREAM, effective_scenario: '"Server"', result_completed_samples_per_sec: '385.676' };
  const row = await readPerformanceRow(logDirOf(values));
  assert.ok(row.kind === 'ServerPerformance');
  assert.equal(row.pairsPerSecond, 385.676);
  assert.equal(row.latencyNs.p50, Number(SINGLE_STREAM['result_50.00_percentile_latency_ns']));
});

for (const [name, values, reasons] of [
  ['the one given', { result_invalid_reason: '"Too few. "' }, ['Too few.']],
  ['the duration', { result_min_duration_met: 'false' }, ['The minimum duration was not reached.']],
  ['the queries', { result_min_queries_met: 'false' }, ['The minimum number of queries was not reached.']],
  [
    'early stopping, where the one given is empty',
    { result_invalid_reason: '""', early_stopping_met: 'false', early_stopping_result: '" * Only 40  queries. "' },
    ['Early stopping was not satisfied. * Only 40 queries.'],
  ],
  [
    'early stopping, said once',
    { result_invalid_reason: '"Early stopping needs 64 queries."', early_stopping_met: 'false' },
    ['Early stopping needs 64 queries.'],
  ],
  ['early stopping without details', { early_stopping_met: 'false' }, ['Early stopping was not satisfied.']],
  ['not known', { result_min_duration_met: 'true' }, ['The log gives no reason.']],
] as const) {
  test(`the reason of an INVALID run is ${name}`, async () => {
    const row = await readPerformanceRow(logDirOf({ ...INVALID, ...values }));
    assert.deepEqual([row.validity, row.invalidReasons], ['INVALID', reasons]);
  });
}

test('errors in the log are reported in the order of the file', async () => {
  const errors = [detailLine('error_b', '"first"', true), detailLine('error_a', '"second"', true)];
  const row = await readPerformanceRow(logDirOf(SINGLE_STREAM, ...errors));
  assert.deepEqual([row.validity, row.errorMessages], ['VALID', ['first', 'second']]);
});

for (const [fault, values, message] of [
  ['a log without a result', { sut_name: '"x"', effective_scenario: '"Offline"' }, /holds no result_/],
  ['another scenario', { ...SINGLE_STREAM, effective_scenario: '"Burst"' }, /"Burst", expected one of the four/],
  ['another verdict', { ...SINGLE_STREAM, result_validity: '"FINE"' }, /result_validity: found "FINE"/],
  [
    'a percentile that is no number',
    { ...SINGLE_STREAM, 'result_90.00_percentile_latency_ns': '"fast"' },
    /result_90\.00_percentile_latency_ns: found a string, expected a number/,
  ],
] as const) {
  test(`refuses ${fault}`, () =>
    assert.rejects(readPerformanceRow(logDirOf(values)), { code: 'REPORT_LOG_KEY', message }));
}

test('refuses two results in one log', () =>
  assert.rejects(readPerformanceRow(logDirOf(SINGLE_STREAM, detailLine('result_validity', '"INVALID"'))), {
    code: 'REPORT_LOG_KEY',
    message: /result_validity: found 2 entries, expected 1/,
  }));

for (const [name, angle, extra, invalidReasons] of [
  ['is VALID where the log gives no verdict', 0.2, {}, []],
  ['is INVALID where the log says so', 0.2, { result_validity: '"INVALID"' }, ['The log gives no reason.']],
  [
    'is INVALID where accuracy is NaN',
    Number.NaN,
    {},
    ['a response gives no angle: it holds a value that is not a finite number, or zeros alone'],
  ],
] as const) {
  test(`an accuracy run ${name}`, async () => {
    const logDir = logDirOf({ sut_name: '"null"', effective_scenario: '"Offline"', ...extra });
    const result = judgeAngles(Float64Array.of(angle), [labelledPair(true)], 0.41);
    const isNumber = !Number.isNaN(angle);
    assert.deepEqual(await readAccuracyRow(logDir, result), {
      kind: 'Accuracy',
      scenario: 'Offline',
      ...valid,
      validity: invalidReasons.length === 0 ? 'VALID' : 'INVALID',
      invalidReasons,
      accuracy: isNumber ? 1 : Number.NaN,
      correctCount: isNumber ? 1 : 0,
      pairCount: 1,
    });
  });
}

test("a SubmissionRun's verdict on performance is none on accuracy", async () => {
  const logDir = logDirOf({ ...INVALID, result_invalid_reason: '"Too slow."', result_query_count: '64' });
  const row = await readAccuracyRow(logDir, judgeAngles(Float64Array.of(0.3), [labelledPair(true)], 0.41));
  assert.deepEqual([row.validity, row.invalidReasons], ['VALID', []]);
  assert.deepEqual((await readPerformanceRow(logDir)).invalidReasons, ['Too slow.']);
});

for (const [name, figures, invalidReasons] of [
  ['single-stream-performance-a', { latencyNs: { p50: 109918, p90: 148356, p99: 156378 } }, []],
  ['offline-performance-a', { pairsPerSecond: 1182490 }, []],
  ['ran-out-of-queries-a', {}, ['Decrease the expected latency so the loadgen pre-generates more queries.']],
] as const) {
  test(`the row of the official run ${name}`, async (t) => {
    const golden = readGoldenRun(t, name);
    if (golden === undefined) return;
    const row = await readPerformanceRow(writeLog(DETAIL_LOG_NAME, detailLogText(golden)).logDir);
    assert.equal(row.sutName, 'GoldenSUT');
    assert.deepEqual({ ...row, ...figures }, row);
    assert.deepEqual(row.invalidReasons.slice(0, 1), invalidReasons);
    assert.match(golden.summary, new RegExp(`Result is : ${row.validity}\n`));
  });
}
