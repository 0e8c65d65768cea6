import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { decodeJpeg } from '../../../qsl/detection/image.js';
import { syntheticImage } from '../folders.js';

const blank = (width: number, height: number, background: string): Sharp =>
  sharp({ create: { width, height, channels: 3, background } });

test('decodes to R, G, B bytes', async () => {
  const { width, height, pixels } = await decodeJpeg(await blank(5, 3, '#ff0000').jpeg().toBuffer());
  assert.deepEqual([width, height, pixels.length], [5, 3, 45]);
  const [red = 0, green = 255, blue = 255] = pixels;
  assert.ok(red > 250 && green < 5 && blue < 5);
});

test('a grey image becomes R = G = B', async () => {
  const { pixels } = await decodeJpeg(await blank(2, 2, '#808080').greyscale().jpeg().toBuffer());
  assert.deepEqual(new Set(pixels), new Set([128]));
  assert.equal(pixels.length, 12);
});

test('a rotation noted in the file is not applied', async () => {
  const rotated = await blank(5, 3, 'white').jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const { width, height } = await decodeJpeg(rotated);
  assert.deepEqual([width, height], [5, 3]);
});

for (const [what, bytes, message] of [
  ['an empty file', async () => Buffer.alloc(0), 'found an empty file, expected a JPEG image'],
  ['text', async () => Buffer.from('no image at all'), /unsupported image format\), expected a whole JPEG/],
  ['a PNG image', () => blank(4, 4, 'red').png().toBuffer(), 'found an image in png format, expected JPEG'],
  ['only a header', async () => (await readFile(syntheticImage(1, 1))).subarray(0, 20), /expected a whole JPEG/],
  [
    'a file without its last byte',
    async () => (await readFile(syntheticImage(1, 1))).subarray(0, -1),
    /premature end/i,
  ],
  [
    'half a file',
    async () => (await readFile(syntheticImage(1, 1))).subarray(0, 4000),
    /premature end.*\), expected a whole JPEG/i,
  ],
  [
    'a huge image',
    () => blank(4200, 1000, 'red').jpeg().toBuffer(),
    'found 4200 x 1000 pixels, expected at most 4194304',
  ],
] as const) {
  test(`refuses ${what}`, async () => {
    const expected = typeof message === 'string' ? { message } : { message };
    await assert.rejects(decodeJpeg(await bytes()), expected);
  });
}
