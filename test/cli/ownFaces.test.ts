/** Data sets and pair lists as people have them, through the command. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { checkUsable } from '../../sut/engines/onnxruntime.js';
import { syntheticImage, temporaryCache } from '../qsl/folders.js';
import { temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const unusable = await checkUsable().then(
  () => false,
  () => 'onnxruntime-node is not installed',
);
const LISTS = fileURLToPath(new URL('../../../test/fixtures/pair-lists/', import.meta.url));
const READY = /: 2 pairs ready, 3 of 3 images with a face/;

test('every pair list that people have makes two pairs of three images', async (t) => {
  const { folder, env } = await setting(t);
  await putImages(join(folder, 'faces'), '.jpg');
  for (const list of readdirSync(LISTS)) {
    const args = ['preprocess', '--dataset', 'faces', '--pairs-file', join(LISTS, list)];
    const { exitCode, stdout, stderr } = await loadgen(args, { cwd: folder, env });
    assert.equal(exitCode, 0, `${list}: ${stderr}`);
    assert.match(stdout, READY, list);
  }
});

for (const [extension, note] of [
  ['.JPG', ''],
  [
    '.png',
    '3 images are read in another format than the pair list names, such as Synthetic_001/Synthetic_001_0001.png',
  ],
] as const) {
  test(`${extension} files are read for a list of .jpg files`, async (t) => {
    const { folder, env } = await setting(t);
    await putImages(join(folder, 'faces'), extension);
    const args = ['preprocess', '--dataset', 'faces', '--pairs-file', join(LISTS, 'spaces-for-tabs.txt')];
    const { exitCode, stdout, stderr } = await loadgen(args, { cwd: folder, env });
    assert.deepEqual(
      [
        exitCode,
        stderr
          .split('\n')
          .filter((line) => line.includes('format'))
          .join(),
      ],
      [0, note],
    );
    assert.match(stdout, READY);
  });
}

test('an archive with two folders of one name and tables for lists is used as it was unpacked', async (t) => {
  const { folder, env } = await setting(t);
  const outer = join(folder, 'archive', 'lfw-deepfunneled');
  await putImages(join(outer, 'lfw-deepfunneled'), '.jpg');
  copyFileSync(join(LISTS, 'kaggle-pairs.csv'), join(folder, 'archive', 'pairs.csv'));
  for (const dataset of [dirname(outer), outer]) {
    const { exitCode, stdout, stderr } = await loadgen(['preprocess', '--dataset', dataset], { env });
    assert.equal(exitCode, 0, `${basename(dataset)}: ${stderr}`);
    assert.match(stdout, READY);
  }
});

test('pairs of one kind get a remark, and figures that are numbers', { skip: unusable }, async (t) => {
  const run = join(await temporaryFolder(t), 'run');
  const args = ['run', '--sut', 'onnxruntime', '--scenario', 'Offline', '--mode', 'AccuracyOnly', '--pairs', '4'];
  const { exitCode, stdout, stderr } = await loadgen([...args, '--output', run]);
  assert.equal(exitCode, 0, stderr);
  assert.match(
    stdout.replaceAll(/[│\s]+/g, ' '),
    /all 4 pairs are matched, so the accuracy says nothing of mismatched/,
  );
  assert.equal((await loadgen(['export', run, '--json'])).exitCode, 0);
  assert.equal((await loadgen(['report', run])).exitCode, 0);
  const written = ['Offline/accuracy/accuracy.txt', 'result.json', 'report.html'];
  for (const text of [stdout, ...written.map((file) => readFileSync(join(run, file), 'utf8'))])
    assert.doesNotMatch(text, /\bNaN\b|\bInfinity\b/);
  assert.match(readFileSync(join(run, 'Offline/accuracy/accuracy.txt'), 'utf8'), /^remark=all 4 pairs are matched/m);
});

async function setting(t: TestContext): Promise<{ folder: string; env: Record<string, string> }> {
  return { folder: await temporaryFolder(t), env: { SPHEREFACE_LOADGEN_CACHE: await temporaryCache(t) } };
}

/** The images of the lists, in LFW's layout. */
async function putImages(folder: string, extension: string): Promise<void> {
  for (const [person, number] of [
    [1, 1],
    [1, 2],
    [2, 1],
  ] as const) {
    const source = syntheticImage(person, number);
    const to = join(folder, basename(dirname(source)), basename(source).replace('.jpg', extension));
    mkdirSync(dirname(to), { recursive: true });
    if (extension === '.png') await sharp(source).png().toFile(to);
    else await writeFile(to, readFileSync(source));
  }
}
