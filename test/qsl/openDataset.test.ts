import assert from 'node:assert/strict';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { LoadGenError } from '../../base/errors.js';
import { type ImageName, imageText, relativeImagePath } from '../../qsl/datasets/imageName.js';
import { type OpenDatasetOptions, openDataset } from '../../qsl/openDataset.js';
import type { FacePair } from '../../qsl/pairLibrary.js';
import { temporaryCache, temporaryDataset } from './folders.js';
import { narrowInput, squareInput } from './networkInputs.js';

const blankJpeg = await sharp({ create: { width: 250, height: 250, channels: 3, background: 'gray' } })
  .jpeg()
  .toBuffer();

async function setting(t: TestContext): Promise<OpenDatasetOptions> {
  const dataset = await temporaryDataset(t, 4);
  return { dataset, cacheFolder: await temporaryCache(t), workerCount: 1, ...narrowInput };
}

function imagePath(dataset: string, person: number, number: number): string {
  const name = `Synthetic_${String(person).padStart(3, '0')}`;
  return join(dataset, 'lfw', name, `${name}_000${number}.jpg`);
}

test('a library of pairs with their names and flags', async (t) => {
  const { library, skipped, report } = await openDataset(await setting(t));
  assert.deepEqual([library.name, library.totalSampleCount, library.performanceSampleCount], ['lfw', 8, 8]);
  assert.deepEqual(
    library.pairs.map(({ a, b, same }) => [imageText(a).slice(-3), imageText(b).slice(-3), same].join(' ')),
    [
      '1 1 1 2 true',
      '2 1 2 2 true',
      '3 1 3 2 true',
      '4 1 4 2 true',
      '1 1 2 2 false',
      '2 1 3 2 false',
      '3 1 4 2 false',
      '4 1 1 2 false',
    ],
  );
  assert.deepEqual([skipped, report.faults], [[], []]);
});

test('a pair of one image under two names has a remark', async (t) => {
  const options = await setting(t);
  for (const [person, from] of [
    [1, 1],
    [2, 4],
  ] as const)
    await copyFile(imagePath(options.dataset, from, 1), imagePath(options.dataset, person, 2));
  const { notes } = await openDataset(options);
  assert.deepEqual(notes, [
    '1 pair has the same image twice under two names, such as Synthetic_001 1 and Synthetic_001 2',
  ]);
});

test('few pairs spread over all still are matched and mismatched', async (t) => {
  const options = await setting(t);
  const all = await openDataset(options);
  const { library, digest } = await openDataset({ ...options, spread: 3 });
  const namesOf = ({ a, b }: FacePair): string => `${relativeImagePath(a)} ${relativeImagePath(b)}`;
  const names = all.library.pairs.map(namesOf);
  assert.deepEqual(library.pairs.map(namesOf), [names[0], names[2], names[5]]);
  assert.notEqual(digest, all.digest);
  assert.equal((await openDataset({ ...options, spread: 8 })).digest, all.digest);
});

test('the digest is the same wherever the files lie, and another for other faces, flags or pairs', async (t) => {
  const options = await setting(t);
  const { digest } = await openDataset(options);
  assert.match(digest, /^[0-9a-f]{64}$/);
  assert.equal((await openDataset(options)).digest, digest);
  assert.equal((await openDataset(await setting(t))).digest, digest);
  assert.notEqual((await openDataset({ ...options, pairs: 7 })).digest, digest);
  await copyFile(imagePath(options.dataset, 2, 1), imagePath(options.dataset, 1, 1));
  assert.notEqual((await openDataset(options)).digest, digest);
});

test('a network with another frame is given other faces of the same pairs', async (t) => {
  const options = await setting(t);
  const narrow = await openDataset(options);
  const square = await openDataset({ ...options, ...squareInput });
  assert.notEqual(square.digest, narrow.digest);
  assert.deepEqual([narrow.library.pairValues, square.library.pairValues], [4 * 112 * 96 * 3, 4 * 112 * 112 * 3]);
  assert.deepEqual(
    square.library.pairs.map(({ a, b }) => [a, b]),
    narrow.library.pairs.map(({ a, b }) => [a, b]),
  );
});

/** Spoils four of the eight images, each in its own way. */
async function spoil(dataset: string): Promise<void> {
  await rm(imagePath(dataset, 1, 1));
  await writeFile(imagePath(dataset, 2, 1), (await readFile(imagePath(dataset, 2, 1))).subarray(0, 3000));
  await writeFile(imagePath(dataset, 3, 1), 'no image');
  await writeFile(imagePath(dataset, 3, 2), blankJpeg);
}

test('all bad images are listed together, each with what is wrong', async (t) => {
  const options = await setting(t);
  await spoil(options.dataset);
  await assert.rejects(openDataset(options), (error) => {
    assert.ok(error instanceof LoadGenError);
    assert.equal(error.code, 'QSL_BAD_INPUT');
    const lines = error.message.split('\n');
    assert.equal(lines.length, 4);
    for (const pattern of [
      /001_0001\.jpg: found no file, expected an image$/,
      /002_0001\.jpg: .*premature end/i,
      /003_0001\.jpg: .*unsupported image format/,
      /003_0002\.jpg: found no face in 250 x 250 pixels, expected one of at least 20 pixels$/,
    ]) {
      assert.ok(
        lines.some((line) => pattern.test(line)),
        `${pattern} is not in ${error.message}`,
      );
    }
    return true;
  });
});

test('one kind of fault gives the error its code', async (t) => {
  const options = await setting(t);
  await writeFile(imagePath(options.dataset, 3, 2), blankJpeg);
  await assert.rejects(openDataset(options), { code: 'QSL_NO_FACE' });
});

test('pairs of bad images are left out on request, and named', async (t) => {
  const options = { ...(await setting(t)), skipMissing: true };
  await spoil(options.dataset);
  const { library, skipped } = await openDataset(options);
  const names = ({ a, b }: { a: ImageName; b: ImageName }): string => `${imageText(a).at(-3)}${imageText(b).at(-3)}`;
  assert.deepEqual(library.pairs.map(names), ['44', '41']);
  assert.deepEqual(
    skipped.map(({ pair, faults }) => [names(pair), ...faults.map(({ code }) => code)].join(' ')),
    [
      '11 QSL_IMAGE_MISSING',
      '22 QSL_IMAGE_DECODE',
      '33 QSL_IMAGE_DECODE QSL_NO_FACE',
      '12 QSL_IMAGE_MISSING',
      '23 QSL_IMAGE_DECODE QSL_NO_FACE',
      '34 QSL_IMAGE_DECODE',
    ],
  );
});

test('a missing image that comes back is taken', async (t) => {
  const options = await setting(t);
  const path = imagePath(options.dataset, 1, 1);
  const bytes = await readFile(path);
  await rm(path);
  await assert.rejects(openDataset(options), { code: 'QSL_IMAGE_MISSING' });
  await writeFile(path, bytes);
  assert.equal((await openDataset(options)).library.totalSampleCount, 8);
});

test('a photo on its side is refused with what to do, and taken where its orientation is applied', async (t) => {
  const options = await setting(t);
  const upright = await openDataset(options);
  const path = imagePath(options.dataset, 1, 1);
  // Of the same pixels, without loss.
  const png = `${path.slice(0, -4)}.png`;
  await writeFile(png, await sharp(path).rotate(-90).withMetadata({ orientation: 6 }).png().toBuffer());
  await rm(path);
  await assert.rejects(openDataset(options), {
    code: 'QSL_NO_FACE',
    message: /001_0001\.png: found no face in .*; its EXIF orientation 6 is not applied$/,
    hint: /^Turn images as their EXIF data say with --apply-orientation\.\nPut the right files there/,
  });
  const turned = await openDataset({ ...options, applyOrientation: true });
  assert.deepEqual([turned.digest, turned.orientationApplied], [upright.digest, true]);
  assert.equal((await openDataset({ ...options, applyOrientation: true })).report.fromStore, true);
  await assert.rejects(openDataset(options), { code: 'QSL_NO_FACE' });
});

test('leaving out all pairs is an error', async (t) => {
  const options = { ...(await setting(t)), pairs: 1, skipMissing: true };
  await writeFile(imagePath(options.dataset, 1, 1), blankJpeg);
  await assert.rejects(openDataset(options), { code: 'QSL_NO_PAIRS' });
});
