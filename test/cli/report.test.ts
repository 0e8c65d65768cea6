import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { SHORT_CONF, SIX_PAIRS, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

test('a run has a page, with charts and with the faces of the pairs that were decided wrongly', async (t) => {
  const output = join(await temporaryFolder(t), 'mine');
  const [pairs, conf] = [
    await temporaryFile(t, 'pairs.txt', SIX_PAIRS),
    await temporaryFile(t, 'user.conf', SHORT_CONF),
  ];
  const run = await loadgen([
    ...['run', '--sut', 'tfjs-tflite', '--pairs-file', pairs, '--user-conf', conf, '--scenario', 'SingleStream'],
    ...['--mode', 'AccuracyOnly', '--output', output],
  ]);
  assert.equal(run.exitCode, 0, run.stderr);
  // A threshold that takes all for two persons, since the network is right about these six pairs.
  const judging = join(output, 'SingleStream', 'accuracy', 'judging.json');
  await writeFile(judging, (await readFile(judging, 'utf8')).replace(/"threshold": [\d.]+/, '"threshold": 0'));

  const file = join(output, 'report.html');
  const shown = await loadgen(['report', output, '--pairs-file', pairs, '--dataset', 'synthetic']);
  assert.deepEqual([shown.exitCode, shown.stdout], [0, `${file}\n`], shown.stderr);
  const page = await readFile(file, 'utf8');
  assert.match(page, /<title>Report of mine<\/title>/);
  assert.equal(
    page.match(/<img src="data:image\/jpeg;base64,[\w+/]+=*" width="64" alt="Aligned face Synthetic_00\d [12]">/g)
      ?.length,
    6,
  );

  await t.test('without being named, the shipped data set is looked into', async () => {
    const other = join(output, 'other.html');
    const { exitCode, stderr } = await loadgen(['report', output, '--output', other, '--pairs-file', pairs]);
    assert.equal(exitCode, 0, stderr);
    assert.equal(await readFile(other, 'utf8'), page);
  });

  await t.test('a number of pairs that is none ends the command', async () => {
    const { exitCode, stderr } = await loadgen(['report', output, '--pairs', 'abc']);
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, /abc|NaN/);
  });

  await t.test('a folder without the images ends the command; compare writes its page beside its table', async () => {
    const folder = await temporaryFolder(t);
    const list = '1\nSynthetic_001\t1\t2\nSynthetic_002\t1\tSynthetic_001\t2\n';
    await writeFile(join(folder, 'pairs.txt'), list);
    const { exitCode, stderr } = await loadgen([
      'report',
      output,
      '--output',
      join(folder, 'r.html'),
      '--dataset',
      folder,
    ]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /QSL_DATASET/);
    const compared = join(folder, 'compared.html');
    const html = await loadgen([
      'compare',
      output,
      output,
      '--html',
      compared,
      '--pairs-file',
      pairs,
      '--dataset',
      'synthetic',
    ]);
    assert.equal(html.exitCode, 0, html.stderr);
    assert.match(html.stdout, /│ accuracy/);
    assert.match(await readFile(compared, 'utf8'), /<title>Comparison of 2 runs<\/title>/);
  });

  await t.test('a digest that differs keeps the faces out', async () => {
    const detail = join(output, 'SingleStream', 'accuracy', 'mlperf_log_detail.txt');
    const text = await readFile(detail, 'utf8');
    await writeFile(detail, text.replace(/("key": "dataset_sha256", "value": ")\w{4}/, '$10000'));
    const { exitCode, stderr } = await loadgen(['report', output, '--pairs-file', pairs]);
    assert.equal(exitCode, 0);
    assert.match(
      stderr,
      /those of the data set "synthetic" are others than the run's\. their digest is \w+; the run's is 0000/,
    );
    const without = await readFile(file, 'utf8');
    assert.doesNotMatch(without, /<img/);
    assert.match(without, /To see the faces, name the data set/);
  });
});

for (const [args, exitCode, message] of [
  [['report'], 2, /Not enough non-option arguments/],
  [['report', '/no/such/folder'], 2, /Error REPORT_RUN_FOLDER: /],
  [['report', 'x', '--pairs', '6', '--set', '1'], 2, /pairs and set are mutually exclusive/],
  [['compare', 'x', '--dataset', 'synthetic'], 2, /--dataset is for the faces in --html FILE/],
] as const) {
  test(`${args.join(' ')} is refused`, async () => {
    const ended = await loadgen(args);
    assert.deepEqual([ended.exitCode, ended.stdout], [exitCode, '']);
    assert.match(ended.stderr, message);
  });
}
