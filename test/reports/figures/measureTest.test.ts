import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DETAIL_LOG_NAME } from '../../../logs/detail/read.js';
import { isBrokenOff, isInvalid, type MeasuredTest, measureTest } from '../../../reports/figures/measureTest.js';
import { RunTest } from '../../../runs/openRun.js';
import { detailLine, detailLogText, readGoldenRun } from '../goldenRun.js';
import { writeLog } from '../temporaryFolder.js';

const SINGLE_STREAM = {
  loadgen_version: '"6.0.17"',
  sut_name: '"null"',
  effective_scenario: '"SingleStream"',
  effective_test_mode: '"PerformanceOnly"',
  effective_target_latency_percentile: '0.9',
  result_validity: '"VALID"',
  result_query_count: '64',
  'result_50.00_percentile_latency_ns': '100',
  'result_90.00_percentile_latency_ns': '200',
  'result_99.00_percentile_latency_ns': '300',
};
const INVALID = { ...SINGLE_STREAM, result_validity: '"INVALID"' };

function logDirOf(values: Readonly<Record<string, string>>, ...moreLines: string[]): string {
  const lines = Object.entries(values).map(([key, valueText]) => detailLine(key, valueText));
  return writeLog(DETAIL_LOG_NAME, [...lines, ...moreLines, ''].join('\n')).logDir;
}

function measure(logDir: string): Promise<MeasuredTest> {
  return measureTest(new RunTest(logDir));
}

function valuesOf({ figures }: MeasuredTest): Record<string, number> {
  return Object.fromEntries(figures.map(({ name, value }) => [name, value]));
}

const MULTI_STREAM = {
  effective_scenario: '"MultiStream"',
  'result_50.00_percentile_per_query_latency_ns': '10',
  'result_90.00_percentile_per_query_latency_ns': '20',
};
for (const [scenario, values, figures] of [
  ['SingleStream', {}, { p50: 100, p90: 200, p99: 300 }],
  ['MultiStream, of queries,', MULTI_STREAM, { p50: 10, p90: 20 }],
  [
    'Server',
    { effective_scenario: '"Server"', result_completed_samples_per_sec: '385.676' },
    { 'per second': 385.676, p50: 100, p90: 200, p99: 300 },
  ],
  ['Offline', { effective_scenario: '"Offline"', result_samples_per_second: '8.25' }, { 'per second': 8.25 }],
] as const) {
  test(`the figures of ${scenario} are those of the log`, async () => {
    const measured = await measure(logDirOf({ ...SINGLE_STREAM, ...values }));
    assert.deepEqual(valuesOf(measured), figures);
    assert.deepEqual([measured.test.validity, isInvalid(measured)], ['VALID', false]);
  });
}

test('an Offline run that lies in the fixtures', async () => {
  const file = new URL('../../../../test/fixtures/offline-run/mlperf_log_detail.txt', import.meta.url);
  // The fixture leaves out the one query that Offline has.
  const text = `${readFileSync(file, 'utf8')}${detailLine('result_query_count', '1')}\n`;
  const measured = await measure(writeLog(DETAIL_LOG_NAME, text).logDir);
  assert.deepEqual(valuesOf(measured), { 'per second': 2.22315 });
  const { sutName, validity, invalidReasons, errorMessages } = measured.test;
  assert.deepEqual([sutName, validity], ['sphereface20 on "tfjs-tflite"', 'INVALID']);
  assert.deepEqual(invalidReasons, [
    'Increase expected QPS so the loadgen pre-generates a larger (coalesced) query.',
    'The minimum duration was not reached.',
  ]);
  assert.deepEqual(errorMessages, ['Multiple conf files are used. This is not valid for official submission.']);
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
    const measured = await measure(logDirOf({ ...INVALID, ...values }));
    assert.deepEqual([measured.test.validity, measured.test.invalidReasons], ['INVALID', reasons]);
    assert.deepEqual([isInvalid(measured), isBrokenOff(measured)], [true, false]);
  });
}

for (const [error, reason] of [
  ['Too many outstanding queries. issued 3 outstanding 3', 'Too many outstanding queries (issued 3 outstanding 3)'],
  ['Max test duration reached. duration_ns 1000', 'Max test duration reached (duration_ns 1000)'],
  ['Max query count reached.', 'Max query count reached'],
] as const) {
  test(`the reason of a test that ended early is named, without advice that would not help: ${reason}`, async () => {
    const advice = 'Increase the target QPS so the loadgen pre-generates more queries. The test exited early, before.';
    const values = { ...INVALID, result_min_duration_met: 'false', result_invalid_reason: `"${advice} Too slow."` };
    const line = detailLine('error_runtime', `"IssueQueryThread 0 Ending early: ${error}"`, true);
    assert.deepEqual((await measure(logDirOf(values, line))).test.invalidReasons, [
      `Ended early: ${reason}.`,
      'Too slow.',
      'The minimum duration was not reached.',
    ]);
  });
}

test('a maximum that was reached is no reason where enough was measured', async () => {
  const line = detailLine('error_runtime', '"IssueQueryThread 0 Ending early: Max query count reached."', true);
  const { test } = await measure(logDirOf({ ...INVALID, result_invalid_reason: '"Too slow."' }, line));
  assert.deepEqual(test.invalidReasons, ['Too slow.']);
});

test('a test that was broken off has a reason and no figures', async () => {
  const { result_query_count: _, ...values } = INVALID;
  const measured = await measure(logDirOf({ ...values, result_invalid_reason: '"failed (SUT_FAILED)"' }));
  assert.deepEqual([measured.test.invalidReasons, measured.figures], [['failed (SUT_FAILED)'], []]);
  assert.deepEqual([isInvalid(measured), isBrokenOff(measured)], [true, true]);
});

test('errors in the log are reported in the order of the file', async () => {
  const errors = [detailLine('error_b', '"first"', true), detailLine('error_a', '"second"', true)];
  const { test } = await measure(logDirOf(SINGLE_STREAM, ...errors));
  assert.deepEqual([test.validity, test.errorMessages], ['VALID', ['first', 'second']]);
});

for (const [fault, values, message] of [
  ['a log without a result', { sut_name: '"x"', effective_test_mode: '"PerformanceOnly"' }, /holds no result_/],
  ['another scenario', { ...SINGLE_STREAM, effective_scenario: '"Burst"' }, /"Burst", expected one of the four/],
  ['another verdict', { ...SINGLE_STREAM, result_validity: '"FINE"' }, /result_validity: found "FINE"/],
  [
    'a percentile that is no number',
    { ...SINGLE_STREAM, 'result_90.00_percentile_latency_ns': '"fast"' },
    /result_90\.00_percentile_latency_ns: found a string, expected a number/,
  ],
] as const) {
  test(`refuses ${fault}`, () => assert.rejects(measure(logDirOf(values)), { code: 'REPORT_LOG_KEY', message }));
}

test('refuses two results in one log', () =>
  assert.rejects(measure(logDirOf(SINGLE_STREAM, detailLine('result_validity', '"INVALID"'))), {
    code: 'REPORT_LOG_KEY',
    message: /result_validity: found 2 entries, expected 1/,
  }));

const ACCURACY = {
  loadgen_version: '"6.0.17"',
  sut_name: '"null"',
  effective_scenario: '"Offline"',
  effective_test_mode: '"AccuracyOnly"',
};
for (const [name, text, extra, invalidReasons] of [
  ['is VALID where the log gives no verdict', 'accuracy=50.000%, good=1, total=2', {}, []],
  [
    'is INVALID where the log says so',
    'accuracy=50.000%, good=1, total=2',
    { result_validity: '"INVALID"' },
    ['The log gives no reason.'],
  ],
  [
    'is INVALID where accuracy is NaN',
    'accuracy=NaN, good=0, total=2',
    {},
    ['a response gives no angle: it holds a value that is not a finite number, or zeros alone'],
  ],
] as const) {
  test(`an accuracy run ${name}`, async () => {
    const logDir = logDirOf({ ...ACCURACY, ...extra });
    writeFileSync(join(logDir, 'accuracy.txt'), `${text}\n`);
    const measured = await measure(logDir);
    assert.deepEqual(measured.test.invalidReasons, invalidReasons);
    assert.equal(isInvalid(measured), invalidReasons.length > 0);
  });
}

test("a SubmissionRun's verdict is on its performance; its accuracy stands beside it", async () => {
  const logDir = logDirOf({ ...INVALID, effective_test_mode: '"SubmissionRun"', result_invalid_reason: '"Too slow."' });
  writeFileSync(join(logDir, 'accuracy.txt'), 'accuracy=50.000%, good=1, total=2\n');
  const { test, accuracy, figures } = await measure(logDir);
  assert.deepEqual([test.invalidReasons, accuracy?.correctCount, figures.length], [['Too slow.'], 1, 3]);
});

for (const [name, figures, invalidReasons] of [
  ['single-stream-performance-a', { p50: 109918, p90: 148356, p99: 156378 }, []],
  ['offline-performance-a', { 'per second': 1182490 }, []],
  ['ran-out-of-queries-a', {}, ['Decrease the expected latency so the loadgen pre-generates more queries.']],
] as const) {
  test(`the official run ${name}`, async (t) => {
    const golden = readGoldenRun(t, name);
    if (golden === undefined) return;
    const measured = await measure(writeLog(DETAIL_LOG_NAME, detailLogText(golden)).logDir);
    assert.equal(measured.test.sutName, 'GoldenSUT');
    const found = valuesOf(measured);
    assert.deepEqual({ ...found, ...figures }, found);
    assert.deepEqual(measured.test.invalidReasons.slice(0, 1), invalidReasons);
    assert.match(golden.summary, new RegExp(`Result is : ${measured.test.validity}\n`));
  });
}
