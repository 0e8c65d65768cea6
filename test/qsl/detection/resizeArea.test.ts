import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { resizeArea } from '../../../qsl/detection/resizeArea.js';

const side = fc.integer({ min: 1, max: 12 });

/** Enlarges each pixel to `outWidth` x `outHeight` equal ones, then averages blocks of `width` x `height`: exact. */
function naiveResize(pixels: Uint8Array, width: number, height: number, outWidth: number, outHeight: number): number[] {
  const output = new Array<number>(outWidth * outHeight * 3).fill(0);
  for (let row = 0; row < height * outHeight; row++) {
    for (let column = 0; column < width * outWidth; column++) {
      const source = Math.floor(row / outHeight) * width + Math.floor(column / outWidth);
      const target = Math.floor(row / height) * outWidth + Math.floor(column / width);
      for (let channel = 0; channel < 3; channel++) {
        output[target * 3 + channel] =
          (output[target * 3 + channel] ?? 0) + (pixels[source * 3 + channel] ?? 0) / (width * height);
      }
    }
  }
  return output;
}

test('each output pixel is the mean of the area it covers', () => {
  fc.assert(
    fc.property(side, side, side, side, fc.nat(), (width, height, outWidth, outHeight, seed) => {
      const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 7919 + seed) % 256);
      const found = resizeArea(pixels, width, height, outWidth, outHeight);
      const expected = naiveResize(pixels, width, height, outWidth, outHeight);
      assert.equal(found.length, expected.length);
      for (const [index, value] of expected.entries()) assert.ok(Math.abs((found[index] ?? Number.NaN) - value) < 1e-3);
    }),
  );
});

test('the same size changes nothing', () => {
  const pixels = Uint8Array.from({ length: 250 * 3 * 3 }, (_, index) => index % 256);
  assert.deepEqual([...resizeArea(pixels, 250, 3, 250, 3)], [...pixels]);
});
