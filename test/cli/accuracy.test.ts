import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { SIX_PAIRS, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

test('accuracy is computed again from the logs of a run on the real network', async (t) => {
  const output = await temporaryFolder(t);
  const pairs = await temporaryFile(t, 'pairs.txt', SIX_PAIRS);
  const run = await loadgen([
    ...['run', '--pairs-file', pairs, '--output', output],
    ...['--mode', 'AccuracyOnly', '--scenario', 'Offline'],
  ]);
  assert.equal(run.exitCode, 0, run.stderr);
  assert.match(run.stdout, /│ Offline accuracy +│ accuracy +│ +100\.00 % │ +│ VALID/);
  const folder = join(output, 'Offline', 'accuracy');
  const ofTheRun = await readFile(join(folder, 'accuracy.txt'), 'utf8');
  assert.match(ofTheRun, /^accuracy=100\.000%, good=6, total=6\n/);
  await writeFile(join(folder, 'accuracy.txt'), 'as it is');

  const [text, json, threshold] = await Promise.all([
    loadgen(['accuracy', folder]),
    loadgen(['accuracy', folder, '--json']),
    loadgen(['accuracy', folder, '--threshold', '0']),
  ]);
  assert.deepEqual(text, { exitCode: 0, stdout: ofTheRun, stderr: '' });
  assert.equal(await readFile(join(folder, 'accuracy.txt'), 'utf8'), 'as it is');
  assert.equal(z.object({ accuracy: z.number() }).parse(JSON.parse(json.stdout)).accuracy, 1);
  const atZero = /^accuracy=50\.000%, good=3, total=6\nthreshold=0\n/;
  assert.match(threshold.stdout, atZero);

  await loadgen(['accuracy', folder, '--threshold', '0', '--write']);
  assert.match(await readFile(join(folder, 'accuracy.txt'), 'utf8'), atZero);
  const compared = await loadgen(['compare', output, '--html', join(output, 'page.html')]);
  assert.match(compared.stdout, /OTHER_THRESHOLD Offline: the accuracy is at threshold 0, the\s/);
  assert.match(await readFile(join(output, 'page.html'), 'utf8'), /the accuracy is at threshold 0, the benchmark/);
  await loadgen(['accuracy', folder, '--write']);
  assert.equal(await readFile(join(folder, 'accuracy.txt'), 'utf8'), ofTheRun);
});

describe('accuracy is refused, or INVALID,', () => {
  test('of a missing folder', async () => {
    const { exitCode, stderr } = await loadgen(['accuracy', '/no/such/folder']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /^Error RUN_PAIRS: \/no\/such\/folder\/pairs\.json: found no such file/);
    assert.match(stderr, /Name the folder of an accuracy run/);
  });

  test('of zeros, with a threshold above 1, and of a log cut or shortened', async (t) => {
    const output = await temporaryFolder(t);
    const args = ['--sut', 'null', '--pairs', '6', '--mode', 'AccuracyOnly', '--scenario', 'Offline'];
    await loadgen(['run', ...args, '--output', output]);
    const folder = join(output, 'Offline', 'accuracy');

    const zeros = await loadgen(['accuracy', folder]);
    assert.equal(zeros.exitCode, 3);
    assert.match(zeros.stdout, /^accuracy=NaN, good=0, total=6$/m);

    const threshold = await loadgen(['accuracy', folder, '--threshold', '1.5']);
    assert.equal(threshold.exitCode, 2);
    assert.match(threshold.stderr, /the threshold is 1\.5, expected a number from 0 to 1/);

    const log = join(folder, 'mlperf_log_accuracy.json');
    const whole = await readFile(log, 'utf8');
    await writeFile(log, `${whole.slice(0, 4096)}\n\n...\n\n${whole.slice(-4096)}`);
    const shortened = await loadgen(['accuracy', folder]);
    assert.equal(shortened.exitCode, 2);
    assert.match(shortened.stderr, /^Error REPORT_LOG_SHORTENED: \S+accuracy\.json is shortened for submission/m);
    assert.match(shortened.stderr, /^Put the whole log in its place/m);
    await rm(join(folder, 'accuracy.txt'));
    const readers = [
      ['report', output],
      ['compare', output, output],
      ['results', output],
      ['export', output, '--json'],
    ];
    for (const reader of readers) assert.equal((await loadgen(reader)).exitCode, 0, reader[0]);
    assert.match(await readFile(join(output, 'result.json'), 'utf8'), /the accuracy log is shortened for submission/);

    await writeFile(log, whole.slice(0, 20_000));
    const cut = await loadgen(['accuracy', folder]);
    assert.equal(cut.exitCode, 2);
    assert.match(cut.stderr, /^Error REPORT_\S+: .*mlperf_log_accuracy\.json/);
    assert.doesNotMatch(cut.stderr, /^ +at /m);
  });
});
