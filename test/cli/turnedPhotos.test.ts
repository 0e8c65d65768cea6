import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { syntheticImage, temporaryCache } from '../qsl/folders.js';
import { temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

test('photos that are to be turned are refused by name, and run where their orientation is applied', async (t) => {
  const folder = await temporaryFolder(t);
  const env = { SPHEREFACE_LOADGEN_CACHE: await temporaryCache(t) };
  const dataset = await photos(folder, (file) => sharp(file).rotate(-90).withMetadata({ orientation: 6 }));
  const refused = await loadgen(['preprocess', '--dataset', dataset], { env });
  assert.equal(refused.exitCode, 2);
  assert.match(
    refused.stderr,
    /a\.jpg: found no face in 250 x 250 pixels, .*; its EXIF orientation 6 is not applied\n/,
  );
  assert.match(refused.stderr, /^Turn images as their EXIF data say with --apply-orientation\.$/m);

  const output = join(folder, 'run');
  const args = ['run', '--dataset', dataset, '--apply-orientation', '--sut', 'null', '--scenario', 'Offline'];
  const run = await loadgen([...args, '--mode', 'AccuracyOnly', '--output', output], { env });
  // The null system's zeros make no accuracy.
  assert.equal(run.exitCode, 3, run.stderr);
  const { request } = JSON.parse(await readFile(join(output, 'run.json'), 'utf8'));
  assert.equal(request.applyOrientation, true);
  const log = await readFile(join(output, 'Offline', 'accuracy', 'mlperf_log_detail.txt'), 'utf8');
  assert.match(log, /"key": "dataset_exif_orientation", "value": "applied"/);
});

test('photos in which a face is found without their turn have a remark, also from the store', async (t) => {
  const env = { SPHEREFACE_LOADGEN_CACHE: await temporaryCache(t) };
  const dataset = await photos(await temporaryFolder(t), (file) => sharp(file).withMetadata({ orientation: 2 }));
  const remark =
    '2 images have a face without the turn that EXIF data say, such as a.jpg with orientation 2; --apply-orientation turns them\n';
  for (const [options, expected] of [
    [[], remark],
    [[], remark],
    [['--apply-orientation'], ''],
  ] as const) {
    const { exitCode, stderr } = await loadgen(['preprocess', '--dataset', dataset, ...options], { env });
    assert.deepEqual([exitCode, stderr.replace('Finding and aligning faces …\n', '')], [0, expected]);
  }
});

test('photos of 12 megapixels are made smaller, which the help says', async (t) => {
  const folder = await temporaryFolder(t);
  const env = { SPHEREFACE_LOADGEN_CACHE: await temporaryCache(t) };
  const dataset = await photos(folder, (file) => sharp(file).resize(4032, 3024, { fit: 'contain' }));
  const { exitCode, stdout, stderr } = await loadgen(['preprocess', '--dataset', dataset], { env });
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /: 1 pair ready, 2 of 2 images with a face/);
  const help = await loadgen(['preprocess', '--help']);
  assert.match(help.stdout.replace(/\s+/g, ' '), /above 4,194,304 pixels they are made smaller/);
});

/** Two images of a person, made of the built-in faces, and the list of their pair. */
async function photos(folder: string, make: (file: string) => Sharp): Promise<string> {
  const dataset = join(folder, 'faces');
  await mkdir(dataset);
  for (const [index, name] of ['a.jpg', 'b.jpg'].entries()) {
    await make(syntheticImage(1, index + 1))
      .jpeg({ quality: 95 })
      .toFile(join(dataset, name));
  }
  await writeFile(join(dataset, 'pairs.txt'), 'a.jpg b.jpg 1\n');
  return dataset;
}
