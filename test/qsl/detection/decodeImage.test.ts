import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { decodeImage } from '../../../qsl/detection/image.js';
import { syntheticImage } from '../folders.js';

const blank = (width: number, height: number, background: string): Sharp =>
  sharp({ create: { width, height, channels: 3, background } });

test('decodes to R, G, B bytes', async () => {
  const { width, height, pixels } = await decodeImage(await blank(5, 3, '#ff0000').jpeg().toBuffer());
  assert.deepEqual([width, height, pixels.length], [5, 3, 45]);
  const [red = 0, green = 255, blue = 255] = pixels;
  assert.ok(red > 250 && green < 5 && blue < 5);
});

test('a grey image becomes R = G = B', async () => {
  const { pixels } = await decodeImage(await blank(2, 2, '#808080').greyscale().jpeg().toBuffer());
  assert.deepEqual(new Set(pixels), new Set([128]));
  assert.equal(pixels.length, 12);
});

for (const [what, image, expected] of [
  ['a PNG image', () => blank(2, 2, '#123456').png(), [0x12, 0x34, 0x56]],
  ['a PNG image of 16 bits a channel', () => blank(2, 2, '#123456').toColourspace('rgb16').png(), [0x12, 0x34, 0x56]],
  ['a grey PNG image', () => blank(2, 2, '#505050').toColourspace('b-w').png(), [0x50, 0x50, 0x50]],
  ['a transparent PNG image, as if it were not', () => blank(2, 2, '#123456').ensureAlpha(0).png(), [0x12, 0x34, 0x56]],
] as const) {
  test(`decodes ${what}`, async () => {
    const { pixels } = await decodeImage(await image().toBuffer());
    assert.deepEqual([...pixels], [...expected, ...expected, ...expected, ...expected]);
  });
}

test('a rotation noted in the file is not applied', async () => {
  const rotated = await blank(5, 3, 'white').jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const { width, height } = await decodeImage(rotated);
  assert.deepEqual([width, height], [5, 3]);
});

for (const [what, bytes, message] of [
  ['an empty file', async () => Buffer.alloc(0), 'found an empty file, expected a JPEG or PNG image'],
  ['text', async () => Buffer.from('no image at all'), /unsupported image format\), expected a whole image/],
  ['a GIF image', () => blank(4, 4, 'red').gif().toBuffer(), 'found an image in gif format, expected JPEG or PNG'],
  ['only a header', async () => (await readFile(syntheticImage(1, 1))).subarray(0, 20), /expected a whole image/],
  [
    'a file without its last byte',
    async () => (await readFile(syntheticImage(1, 1))).subarray(0, -1),
    /premature end/i,
  ],
  [
    'half a file',
    async () => (await readFile(syntheticImage(1, 1))).subarray(0, 4000),
    /premature end.*\), expected a whole image/i,
  ],
] as const) {
  test(`refuses ${what}`, async () => {
    const expected = typeof message === 'string' ? { message } : { message };
    await assert.rejects(decodeImage(await bytes()), expected);
  });
}

test('an image of more than four megapixels is made smaller, one of so many is not', async () => {
  for (const [width, height, expected] of [
    [2048, 2048, [2048, 2048]],
    [4096, 2048, [2896, 1448]],
  ] as const) {
    const image = await decodeImage(await blank(width, height, 'red').jpeg().toBuffer());
    assert.deepEqual([image.width, image.height, image.pixels.length], [...expected, expected[0] * expected[1] * 3]);
  }
});

/** The pixels of 123/456, as each orientation of the EXIF standard has them. */
const TURNED: readonly [orientation: number, upright: string][] = [
  [1, '123/456'],
  [2, '321/654'],
  [3, '654/321'],
  [4, '456/123'],
  [5, '14/25/36'],
  [6, '41/52/63'],
  [7, '63/52/41'],
  [8, '36/25/14'],
];

for (const [orientation, upright] of TURNED) {
  test(`EXIF orientation ${orientation} is applied where that is asked`, async () => {
    const raw = { raw: { width: 3, height: 2, channels: 3 } } as const;
    const stored = Uint8Array.from({ length: 18 }, (_, index) => Math.floor(index / 3) + 1);
    const bytes = await sharp(stored, raw).withMetadata({ orientation }).png().toBuffer();
    const { width, pixels, exifOrientation } = await decodeImage(bytes, { applyOrientation: true });
    const rows = Array.from({ length: pixels.length / width / 3 }, (_, row) => {
      return [...pixels.subarray(row * width * 3, (row + 1) * width * 3)]
        .filter((_, index) => index % 3 === 0)
        .join('');
    });
    assert.deepEqual([rows.join('/'), exifOrientation], [upright, 1]);
    const asStored = await decodeImage(bytes);
    assert.deepEqual([[...asStored.pixels], asStored.exifOrientation], [[...stored], orientation]);
  });
}

test('a large image is turned and made smaller', async () => {
  const bytes = await blank(4096, 2048, 'red').withMetadata({ orientation: 8 }).jpeg().toBuffer();
  const { width, height } = await decodeImage(bytes, { applyOrientation: true });
  assert.deepEqual([width, height], [1448, 2896]);
});

test('EXIF orientation is read, and not applied', async () => {
  const bytes = await blank(4, 2, 'red').withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const { width, height, exifOrientation } = await decodeImage(bytes);
  assert.deepEqual([width, height, exifOrientation], [4, 2, 6]);
});
