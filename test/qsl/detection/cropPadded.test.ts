import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cropPadded } from '../../../qsl/detection/cropPadded.js';

/** 3 x 2 pixels, numbered from 1. */
const image = {
  width: 3,
  height: 2,
  pixels: Uint8Array.from({ length: 18 }, (_, index) => Math.floor(index / 3) + 1),
};

for (const [what, left, top, right, bottom, expected] of [
  ['all of the image', 1, 1, 3, 2, [1, 2, 3, 4, 5, 6]],
  ['one pixel', 2, 2, 2, 2, [5]],
  ['over the left and upper edge', 0, 0, 2, 1, [0, 0, 0, 0, 1, 2]],
  ['over the right and lower edge', 3, 2, 4, 3, [6, 0, 0, 0]],
  ['over all edges', 0, 0, 4, 3, [0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0]],
  ['right of the image', 5, 1, 6, 1, [0, 0]],
  ['left of the image', -3, 1, -2, 1, [0, 0]],
  ['below the image', 1, 9, 2, 9, [0, 0]],
] as const) {
  test(`cuts out ${what}`, () => {
    const { width, height, pixels } = cropPadded(image, { left, top, right, bottom });
    assert.deepEqual([width, height], [right - left + 1, bottom - top + 1]);
    assert.deepEqual(
      [...pixels].filter((_, index) => index % 3 === 0),
      expected,
    );
  });
}
