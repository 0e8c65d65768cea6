import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { warpBilinear } from '../../../qsl/alignment/warp.js';
import type { RgbImage } from '../../../qsl/detection/image.js';

const identity = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

/** An image of grey pixels, row by row. */
const grey = (width: number, height: number, values: readonly number[]): RgbImage => ({
  width,
  height,
  pixels: Uint8Array.from(values.flatMap((value) => [value, value, value])),
});

/** The first channel of each pixel. */
const reds = ({ pixels }: RgbImage): number[] => [...pixels].filter((_, index) => index % 3 === 0);

const squares = grey(3, 2, [10, 20, 30, 40, 50, 60]);

for (const [what, toInput, expected] of [
  ['nothing', identity, [10, 20, 30, 40, 50, 60]],
  ['a shift to the right, black coming in', { ...identity, x0: -1 }, [0, 10, 20, 0, 40, 50]],
  ['a shift upward', { ...identity, y0: 1 }, [40, 50, 60, 0, 0, 0]],
  ['half a pixel to the left, fading out', { ...identity, x0: 0.5 }, [15, 25, 15, 45, 55, 30]],
  ['half a pixel both ways', { ...identity, x0: 0.5, y0: 0.5 }, [30, 40, 23, 23, 28, 15]],
  ['a reflection', { ...identity, xx: -1, x0: 2 }, [30, 20, 10, 60, 50, 40]],
  ['a place far away', { ...identity, x0: 1e9 }, [0, 0, 0, 0, 0, 0]],
] as const) {
  test(`warps by ${what}`, () => assert.deepEqual(reds(warpBilinear(squares, toInput, 3, 2)), expected));
}

test('keeps channels apart', () => {
  const image = { width: 1, height: 1, pixels: new Uint8Array([1, 2, 3]) };
  assert.deepEqual([...warpBilinear(image, identity, 2, 1).pixels], [1, 2, 3, 0, 0, 0]);
});

test('a quarter turn moves each pixel to its place', () => {
  const turned = warpBilinear(squares, { xx: 0, xy: 1, x0: 0, yx: -1, yy: 0, y0: 1 }, 2, 3);
  assert.deepEqual(reds(turned), [40, 10, 50, 20, 60, 30]);
});

test('a whole image of one value keeps it wherever the place lies inside', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 4, noNaN: true }), fc.integer({ min: 0, max: 255 }), (place, value) => {
      const image = grey(6, 6, new Array(36).fill(value));
      assert.deepEqual(reds(warpBilinear(image, { ...identity, x0: place, y0: place }, 1, 1)), [value]);
    }),
  );
});
