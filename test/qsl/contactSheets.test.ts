import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { elementAt } from '../../base/arrays.js';
import { writeContactSheets } from '../../qsl/contactSheets.js';
import type { ImageOutcome } from '../../qsl/preprocessing/preprocessImage.js';
import { temporaryFolder } from './folders.js';
import { narrowInput, squareInput } from './networkInputs.js';

const { frame } = narrowInput;

/** Landmarks that lie where the aligned face has them. */
const landmarks = [
  { x: 30.2946, y: 51.6963 },
  { x: 65.5318, y: 51.5014 },
  { x: 48.0252, y: 71.7366 },
  { x: 33.5493, y: 92.3655 },
  { x: 62.7299, y: 92.2041 },
];

function grey(score: number): ImageOutcome {
  const face = new Uint8Array(112 * 96 * 3).fill(128 + score * 100);
  return { sha256: '', face, score, faceCount: 2, landmarks, faceSha256: '' };
}

const faulty: ImageOutcome = { sha256: null, fault: { code: 'QSL_NO_FACE', message: '' } };

test('sixty faces a sheet, and none for images without a face', async (t) => {
  const folder = join(await temporaryFolder(t), 'sheets');
  const images = Array.from({ length: 61 }, (_, index): [string, ImageOutcome] => [`a/<${index}>.jpg`, grey(1)]);
  const files = await writeContactSheets(folder, new Map([...images, ['b.jpg', faulty]]), frame);
  assert.deepEqual(files, [join(folder, 'sheet_001.jpg'), join(folder, 'sheet_002.jpg')]);
  const sizes = await Promise.all(files.map((file) => sharp(file).metadata()));
  assert.deepEqual(
    sizes.map(({ width, height }) => [width, height]),
    [
      [1920, 6 * 238],
      [1920, 238],
    ],
  );
});

test('the least certain face is first, with rings around its landmarks', async (t) => {
  const outcomes = new Map([
    ['sure.jpg', grey(1)],
    ['unsure.jpg', grey(0.75)],
  ]);
  const [file = ''] = await writeContactSheets(await temporaryFolder(t), outcomes, frame);
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  const greyAt = (x: number, y: number): number => data[(y * info.width + x) * info.channels + 1] ?? 0;
  assert.ok(Math.abs(greyAt(20, 20) - 203) < 3 && Math.abs(greyAt(192 + 20, 20) - 228) < 3);
  // On the right edge of the red ring around the left eye.
  const ring = data.subarray((104 * info.width + 65) * info.channels).subarray(0, 3);
  assert.ok(elementAt(ring, 0) - elementAt(ring, 1) > 40, `found colour ${[...ring]}`);
});

test('faces in a shifted frame have their rings further right, in wider cells', async (t) => {
  const { width, height } = squareInput.frame;
  const face = new Uint8Array(width * height * 3).fill(228);
  const outcomes = new Map<string, ImageOutcome>([
    ['square.jpg', { sha256: '', face, score: 1, faceCount: 1, landmarks, faceSha256: '' }],
  ]);
  const [file = ''] = await writeContactSheets(await temporaryFolder(t), outcomes, squareInput.frame);
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height], [2240, 238]);
  const redness = (x: number): number => {
    const [red, green] = data.subarray((104 * info.width + x) * info.channels);
    return (red ?? 0) - (green ?? 0);
  };
  assert.ok(redness(65 + 2 * 8) > 40 && redness(65) < 40, `found ${redness(65 + 2 * 8)} and ${redness(65)}`);
});

test('a folder that cannot be made is named', async (t) => {
  const file = join(await temporaryFolder(t), 'file');
  await writeFile(file, '');
  await assert.rejects(writeContactSheets(file, new Map(), frame), {
    code: 'QSL_CONTACT_SHEETS',
    message: /cannot write contact sheets to .*file/,
  });
});
