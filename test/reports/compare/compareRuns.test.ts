import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compareRuns } from '../../../reports/compare/compareRuns.js';
import { comparisonSchema } from '../../../reports/compare/comparison.js';
import { readRunResult } from '../../../reports/result/readRunResult.js';
import { randomNumbers } from '../figures/randomNumbers.js';
import { type DetailValues, newFolder, offline, singleStream, writeTest } from '../figures/runFolders.js';

/** Whole nanoseconds around a mean, uniform by a tenth to either side. */
function latencies(meanNs: number, seed: number, count = 2000): Float64Array {
  const random = randomNumbers(seed);
  return Float64Array.from({ length: count }, () => Math.round(meanNs * (0.9 + 0.2 * random())));
}

function completions(sampleNs: number, seed: number): Float64Array {
  let timeNs = 0;
  return latencies(sampleNs, seed).map((ns) => {
    timeNs += ns;
    return timeNs;
  });
}

function singleStreamRun(latenciesNs: Float64Array, values?: DetailValues): string {
  return writeTest(singleStream(latenciesNs, values), latenciesNs);
}

async function verdictsOf(folders: readonly string[], figure: string) {
  const comparison = await compareRuns(folders);
  comparisonSchema.parse(comparison);
  return comparison.scenarios[0]?.figures
    .find(({ name }) => name === figure)
    ?.values.map((value) => value?.verdict ?? null);
}

const VERDICTS = ['baseline', 'no difference shown', 'one run cannot tell', 'one run cannot tell'];

test('latencies: two draws of one system, a faster and a slower one', async () => {
  const runs = [1e6, 1e6, 0.95e6, 1.05e6].map((meanNs, seed) => singleStreamRun(latencies(meanNs, seed)));
  for (const figure of ['p50', 'p90', 'p99']) assert.deepEqual(await verdictsOf(runs, figure), VERDICTS);
});

test('rates: two draws of one system, a faster and a slower one', async () => {
  const runs = [1e6, 1e6, 0.9e6, 1.1e6].map((sampleNs, seed) => {
    const completedNs = completions(sampleNs, seed);
    return writeTest(offline(completedNs), completedNs);
  });
  assert.deepEqual(await verdictsOf(runs, 'per second'), VERDICTS);
});

test('an INVALID test has no verdict, nor has what is compared with one', async () => {
  const invalid = singleStreamRun(latencies(1e6, 0), { result_validity: '"INVALID"' });
  const valid = singleStreamRun(latencies(1e6, 1));
  assert.deepEqual(await verdictsOf([valid, invalid], 'p50'), ['baseline', null]);
  assert.deepEqual(await verdictsOf([invalid, valid], 'p50'), [null, null]);
});

test('without latencies there is a ratio, but neither interval nor verdict, and a warning says so', async () => {
  const [slow, fast] = [latencies(2e6, 1), latencies(1e6, 2)];
  const { scenarios, warnings } = await compareRuns([singleStreamRun(slow), writeTest(singleStream(fast))]);
  const value = scenarios[0]?.figures.find(({ name }) => name === 'p50')?.values[1];
  assert.ok(value?.ratio !== null && value?.ratio !== undefined && Math.abs(value.ratio - 0.5) < 0.02);
  assert.deepEqual([value.interval, value.verdict], [null, null]);
  assert.match(value.noInterval ?? '', /^there is no mlperf_log_latencies_ns\.bin and no mlperf_log_trace\.json$/);
  assert.deepEqual(
    warnings.map(({ run, code }) => [run, code]),
    [[1, 'NO_LATENCIES']],
  );
});

const draw = latencies(1e6, 1);
const WARNINGS: readonly [what: string, values: DetailValues, code: string | undefined, message: RegExp][] = [
  ['the same again', {}, undefined, /^$/],
  ['other data', { dataset_sha256: '"ff"' }, 'OTHER_DATA', /ff; the baseline's is 8899aabbccdd$/],
  ['another model', { sut_model_sha256: '"ff"' }, 'OTHER_MODEL', /ff; the baseline's is 001122334455$/],
  ['another engine on other weights', { sut_model_sha256: '"ff"', sut_weights_sha256: '"bb"' }, 'OTHER_MODEL', /ff; /],
  ['another LoadGen', { loadgen_version: '"7.1"' }, 'OTHER_VERSION', /^LoadGen 7\.1, the baseline's is 6\.0\.17$/],
  ['another mode', { effective_test_mode: '"SubmissionRun"' }, 'OTHER_MODE', /SubmissionRun/],
  ['a shorter run', { effective_min_duration_ms: '10' }, 'OTHER_SETTINGS', /^min_duration_ms 10; .* 600000$/],
  ['a setting of a later version', { effective_new_thing: 'true' }, 'OTHER_SETTINGS', /^new_thing true; .* not set$/],
  ['another guess of the rate', { effective_target_qps: '9' }, undefined, /^$/],
  ['INVALID', { result_validity: '"INVALID"', result_invalid_reason: '"Too short."' }, 'INVALID', /Too short\./],
  ['a run with --unverified', { sut_unverified: '"true"' }, 'UNVERIFIED', /^a run with --unverified: /],
  ['a key of a later version', { result_new: '{"deep": [1]}', another_key: '"x"' }, undefined, /^$/],
];
for (const [what, values, code, message] of WARNINGS) {
  test(`warnings of ${what}`, async () => {
    const { warnings } = await compareRuns([singleStreamRun(draw), singleStreamRun(draw, values)]);
    assert.deepEqual(
      warnings.map((warning) => [warning.run, warning.code, warning.scenarios]),
      code === undefined ? [] : [[1, code, ['SingleStream']]],
    );
    assert.match(warnings[0]?.message ?? '', message);
  });
}

const WEIGHTS = { sut_weights_sha256: '"aa"' };

test('the files of two engines are the same model if they were made of the same weights', async () => {
  const runs = [WEIGHTS, { ...WEIGHTS, sut_model_sha256: '"ff"' }].map((values) => singleStreamRun(draw, values));
  assert.deepEqual((await compareRuns(runs)).warnings, []);
});

test('an aborted run has no figures, and its reason is a warning', async () => {
  const { result_validity: _, ...common } = singleStream(draw);
  const begun = Object.fromEntries(Object.entries(common).filter(([key]) => !key.startsWith('result_')));
  const aborted = writeTest({
    ...begun,
    result_validity: '"INVALID"',
    result_invalid_reason: '"the run was aborted (RUN_ABORTED)"',
  });
  const { scenarios, warnings } = await compareRuns([singleStreamRun(draw), aborted]);
  assert.deepEqual(
    scenarios[0]?.figures.map(({ values }) => values[1]),
    scenarios[0]?.figures.map(() => null),
  );
  assert.deepEqual(
    warnings.map(({ run, code, message }) => [run, code, message]),
    [[1, 'ABORTED', 'the performance test is aborted, without figures: the run was aborted (RUN_ABORTED)']],
  );
});

test("an accuracy at another threshold than the benchmark's is warned of, and stands beside its figure", async () => {
  const { result_validity: _, ...values } = singleStream(draw);
  const folder = writeTest({ ...values, effective_test_mode: '"AccuracyOnly"' });
  writeFileSync(join(folder, 'accuracy.txt'), 'accuracy=90.000%, good=540, total=600\nthreshold=0.6\n');
  const judging = { version: 1, network: 'net', featureValues: 8, threshold: 0.41, thresholdOrigin: 'origin' };
  writeFileSync(join(folder, 'judging.json'), JSON.stringify(judging));
  const { scenarios, warnings } = await compareRuns([folder]);
  assert.equal(scenarios[0]?.figures[0]?.values[0]?.noInterval, '540 of 600 pairs at threshold 0.6');
  const remark = "the accuracy is at threshold 0.6, the benchmark's is 0.41";
  assert.deepEqual(
    warnings.map(({ code, message }) => [code, message]),
    [['OTHER_THRESHOLD', remark]],
  );
  const [test] = (await readRunResult(folder)).tests;
  assert.deepEqual(
    [test?.accuracy?.threshold, test?.accuracy?.thresholdOrigin, test?.accuracy?.benchmarkThreshold],
    [0.6, remark, 0.41],
  );
});

test('a run folder: facts, quick, and accuracy beside speed', async () => {
  const folders = ['accuracy=90.000%, good=540, total=600', 'accuracy=89.500%, good=537, total=600'].map(
    (line, run) => {
      const folder = newFolder();
      const system = { processor: 'P', logicalProcessors: 2 };
      writeFileSync(join(folder, 'run.json'), JSON.stringify({ version: 1, quick: run === 1, system }));
      const { result_validity: _, ...values } = singleStream(draw);
      const accuracy = writeTest(
        { ...values, effective_test_mode: '"AccuracyOnly"' },
        undefined,
        join(folder, 'SingleStream', 'accuracy'),
      );
      writeFileSync(join(accuracy, 'accuracy.txt'), `${line}\nthreshold=0.41\n`);
      writeTest(singleStream(draw), draw, join(folder, 'SingleStream', 'performance', 'run_1'));
      return folder;
    },
  );
  const { runs, scenarios, warnings } = await compareRuns(folders);
  assert.deepEqual(runs[0]?.system, { processor: 'P', logicalProcessors: '2' });
  assert.deepEqual(
    runs[0]?.tests.map(({ kind }) => kind),
    ['accuracy', 'performance'],
  );
  const accuracy = scenarios[0]?.figures.find(({ name }) => name === 'accuracy')?.values;
  assert.deepEqual(
    accuracy?.map((value) => [value?.value, value?.verdict]),
    [
      [0.9, 'baseline'],
      [0.895, 'lower'],
    ],
  );
  assert.deepEqual(
    warnings.map(({ run, code }) => [run, code]),
    [[1, 'QUICK']],
  );
});
