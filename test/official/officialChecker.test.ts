/** What the official tools say of our trees: only where MLPERF_INFERENCE_DIR names a folder with mlcommons/inference. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cp, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { accuracyTarget, rulesOf } from '../../submission/rules.js';
import { editText, newFolder, newRun, newTree } from '../submission/submissionFolders.js';

const WRAPPER = fileURLToPath(new URL('../../../test/official/checkWithModel.py', import.meta.url));
const checkout = process.env.MLPERF_INFERENCE_DIR;
const tools = join(checkout ?? '', 'tools/submission');
const skip = await reasonToSkip();

async function reasonToSkip(): Promise<string | false> {
  if (checkout === undefined) return 'MLPERF_INFERENCE_DIR names no folder with mlcommons/inference';
  if (!existsSync(join(tools, 'submission_checker'))) return `${checkout} has no tools/submission/submission_checker`;
  const { exitCode } = await python(['-c', 'import yaml']);
  return exitCode === 0 ? false : 'there is no python3 with PyYAML';
}

async function python(args: readonly string[]): Promise<{ exitCode: number; output: string }> {
  // Nothing is written into the checkout.
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  return promisify(execFile)('python3', [...args], { env, maxBuffer: 1 << 26 }).then(
    ({ stdout, stderr }) => ({ exitCode: 0, output: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ exitCode: Number(code) || 1, output: `${stdout}${stderr}` }),
  );
}

function check(tree: string) {
  const rules = rulesOf('sphereface20');
  const reference = rules?.references.find(({ datasetName }) => datasetName === 'synthetic');
  assert.ok(rules && reference);
  const target = String(accuracyTarget(rules, reference));
  const model = [checkout ?? '', 'sphereface20', String(rules.sampleCount), target];
  return python([WRAPPER, ...model, '--input', tree, '--csv', join(newFolder(), 'summary.csv')]);
}

let run = '';
before(async () => {
  if (skip === false) run = await newRun();
});

for (const division of ['open', 'closed'] as const) {
  test(`the official checker accepts a whole ${division} tree, with no check skipped`, { skip }, async () => {
    const { exitCode, output } = await check(await newTree(division, run));
    assert.match(output, /Results=2, NoResults=0/);
    assert.match(output, /SUMMARY: submission looks OK/);
    assert.doesNotMatch(output, /ERROR/);
    assert.equal(exitCode, 0);
  });
}

test('the official checker refuses a tree with another seed, so that accepting means something', { skip }, async () => {
  const tree = await newTree('closed', run);
  const log = join(tree, 'closed/Example/results/box-1/sphereface20/Offline/performance/run_1/mlperf_log_detail.txt');
  editText(log, (text) => text.replace('"effective_qsl_rng_seed", "value": 2', '"effective_qsl_rng_seed", "value": 3'));
  const { exitCode, output } = await check(tree);
  assert.match(output, /qsl_rng_seed is wrong/);
  assert.equal(exitCode, 1);
});

test('the official log parser reads our detail logs', { skip }, async () => {
  const log = join(run, 'SingleStream/performance/run_1/mlperf_log_detail.txt');
  const { exitCode, output } = await python([join(tools, 'log_parser.py'), '--input', log]);
  assert.equal(exitCode, 0, output);
  assert.match(output, /"result_validity": VALID/);
});

test('accuracy logs are as the official script truncates them', { skip }, async () => {
  const tree = await newTree('closed', run);
  const results = 'closed/Example/results/box-1/sphereface20';
  const other = newFolder();
  mkdirSync(join(other, results), { recursive: true });
  for (const scenario of ['SingleStream', 'Offline']) {
    await cp(join(run, scenario), join(other, results, scenario), { recursive: true });
    // The script looks for an audit's log in a folder beside a text of the submitter's.
    const audit = join(other, results, scenario, 'TEST01');
    mkdirSync(join(audit, 'accuracy'));
    await rename(
      join(audit, 'performance/run_1/mlperf_log_accuracy.json'),
      join(audit, 'accuracy/mlperf_log_accuracy.json'),
    );
    const [line] = readFileSync(join(tree, results, scenario, 'TEST01/accuracy/accuracy.txt'), 'utf8').split('\n');
    await writeFile(join(audit, 'accuracy/accuracy.txt'), `${line}\n`);
  }
  const script = join(tools, 'truncate_accuracy_log.py');
  const { exitCode, output } = await python([
    script,
    '--input',
    other,
    '--submitter',
    'Example',
    '--backup',
    newFolder(),
    '--scenarios-to-skip',
    'none',
  ]);
  assert.equal(exitCode, 0, output);
  for (const scenario of ['SingleStream', 'Offline']) {
    for (const name of [
      'accuracy/accuracy.txt',
      'accuracy/mlperf_log_accuracy.json',
      'TEST01/accuracy/accuracy.txt',
      'TEST01/accuracy/mlperf_log_accuracy.json',
    ]) {
      const path = join(results, scenario, name);
      assert.deepEqual(readFileSync(join(tree, path)), readFileSync(join(other, path)), path);
    }
  }
});
