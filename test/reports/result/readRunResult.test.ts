import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readRunResult } from '../../../reports/result/readRunResult.js';
import { newFolder, singleStream, writeTest } from '../figures/runFolders.js';
import { checkedResult } from './checkResult.js';

const latenciesNs = Float64Array.from({ length: 1000 }, (_, query) => 1000 + ((query * 7919) % 1000));
const values = singleStream(latenciesNs, { test_datetime: '"2026-01-31T12:30:59Z"' });
const { result_validity: _, result_query_count: __, ...withoutResult } = values;
const accuracyValues = { ...withoutResult, effective_test_mode: '"AccuracyOnly"' };

async function resultOf(folder: string) {
  return checkedResult(JSON.stringify(await readRunResult(folder)));
}

function writeRunFile(folder: string): void {
  const dataset = { name: 'faces', sha256: 'ab', pairs: 6, skipped: ['a.jpg, b.jpg: QSL_NO_FACE'] };
  const facts = { version: 1, network: 'net', sut: 's', quick: true, system: { logicalProcessors: 2 }, dataset };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(facts));
}

test('a run of ours is stated whole: facts, tests by their folders, figures, accuracy', async () => {
  const folder = newFolder();
  const accuracyFolder = join(folder, 'SingleStream', 'accuracy');
  writeTest(values, latenciesNs, join(folder, 'SingleStream', 'performance', 'run_1'));
  writeTest(accuracyValues, undefined, accuracyFolder);
  writeRunFile(folder);
  writeFileSync(join(accuracyFolder, 'accuracy.txt'), 'accuracy=83.333%, good=5, total=6\n');
  const judging = { version: 1, network: 'net', featureValues: 8, threshold: 0.41, thresholdOrigin: 'origin' };
  writeFileSync(join(accuracyFolder, 'judging.json'), JSON.stringify(judging));
  const { tests, ...facts } = await resultOf(folder);
  assert.deepEqual(facts, {
    version: 1,
    confidence: 0.95,
    folder,
    quick: true,
    network: 'net',
    system: { logicalProcessors: '2' },
    dataset: { name: 'faces', sha256: 'ab', pairs: 6, skipped: ['a.jpg, b.jpg: QSL_NO_FACE'] },
  });
  const [accuracy, performance] = tests;
  assert.deepEqual(
    tests.map((one) => [one.folder, one.scenario, one.mode, one.kind, one.validity]),
    [
      ['SingleStream/accuracy', 'SingleStream', 'AccuracyOnly', 'accuracy', null],
      ['SingleStream/performance/run_1', 'SingleStream', 'PerformanceOnly', 'performance', 'VALID'],
    ],
  );
  assert.deepEqual(accuracy?.accuracy, {
    correct: 5,
    pairs: 6,
    share: 5 / 6,
    noShare: null,
    threshold: 0.41,
    thresholdOrigin: 'origin',
    benchmarkThreshold: 0.41,
    remarks: [],
  });
  assert.deepEqual(accuracy?.figures, []);
  assert.equal(performance?.accuracy, null);
  assert.equal(performance?.startedAt, '2026-01-31T12:30:59Z');
  assert.equal(performance?.latencies, 'latency log');
  const [p50] = performance?.figures ?? [];
  assert.deepEqual([p50?.name, p50?.unit, p50?.value, p50?.noInterval], ['p50', 'ns', 1500, null]);
  assert.ok(p50?.interval && p50.interval[0] <= 1500 && p50.interval[1] >= 1500);
});

test('a folder with logs alone says why there are no intervals, and has no facts', async () => {
  const { quick, network, system, dataset, tests } = await resultOf(writeTest(values));
  assert.deepEqual([quick, network, system, dataset], [null, null, null, null]);
  assert.equal(tests[0]?.folder, '.');
  assert.equal(tests[0]?.figures[0]?.interval, null);
  assert.match(tests[0]?.figures[0]?.noInterval ?? '', /^there is no mlperf_log_latencies_ns\.bin/);
});

test('answers that give no angle leave no share, and why', async () => {
  const folder = writeTest(accuracyValues);
  writeFileSync(join(folder, 'accuracy.txt'), 'accuracy=NaN, good=0, total=6\n');
  const { tests } = await resultOf(folder);
  assert.equal(tests[0]?.accuracy?.share, null);
  assert.match(tests[0]?.accuracy?.noShare ?? '', /^a response gives no angle/);
  assert.equal(tests[0]?.accuracy?.threshold, null);
});

for (const mode of ['PerformanceOnly', 'AccuracyOnly', 'SubmissionRun', 'FindPeakPerformance']) {
  test(`a ${mode} test that was broken off stands with its reason, without figures`, async () => {
    const aborted = { result_validity: '"INVALID"', result_invalid_reason: '"aborted (RUN_ABORTED)"' };
    const folder = writeTest({ ...withoutResult, effective_test_mode: `"${mode}"`, ...aborted });
    // What an accuracy test leaves before it is broken off.
    writeFileSync(join(folder, 'pairs.json'), '[]');
    writeFileSync(join(folder, 'judging.json'), '{}');
    const { tests } = await resultOf(folder);
    assert.deepEqual(tests[0]?.invalidReasons, ['aborted (RUN_ABORTED)']);
    assert.deepEqual([tests[0]?.validity, tests[0]?.figures, tests[0]?.accuracy], ['INVALID', [], null]);
  });
}

test('several performance tests of one scenario all stand', async () => {
  const folder = newFolder();
  for (const name of ['run_1', 'run_2']) writeTest(values, latenciesNs, join(folder, 'Server', 'performance', name));
  writeTest(
    { ...values, effective_test_mode: '"SubmissionRun"' },
    latenciesNs,
    join(folder, 'Server', 'SubmissionRun'),
  );
  const { tests } = await resultOf(folder);
  assert.deepEqual(
    tests.map((one) => one.folder),
    ['Server/performance/run_1', 'Server/performance/run_2', 'Server/SubmissionRun'],
  );
});

test('a value that is not a number is null', async () => {
  const { tests } = await resultOf(writeTest({ ...values, 'result_50.00_percentile_latency_ns': 'nan' }));
  assert.equal(tests[0]?.figures[0]?.value, null);
});

test('text from a hostile log stays text: HTML as it is, escape sequences visible, endless names cut', async () => {
  const folder = writeTest({
    ...values,
    sut_name: '"<script>alert(1)</script>\\u001b[31m\\u202e"',
    effective_unheard_of: '"x"',
    effective___proto__: '"polluted"',
    sut_note: `"${'x'.repeat(10_000)}"`,
  });
  mkdirSync(join(folder, 'unknown'));
  const { tests } = await resultOf(folder);
  assert.equal(tests[0]?.sutName, '<script>alert(1)</script>\\u{1b}[31m\\u{202e}');
  assert.equal(tests[0]?.settings.unheard_of, 'x');
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
  assert.equal(tests[0]?.configuration.note?.length, 301);
});
