import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromDifferences, toDifferences } from '../../../web/shared/faceDifferences.js';

const PIXELS: readonly [what: string, width: number, faces: readonly number[], differences: readonly number[]][] = [
  ['one pixel is its own difference', 1, [9, 8, 7], [9, 8, 7]],
  ['the left edge is expected to be as above', 1, [9, 8, 7, 10, 8, 5], [9, 8, 7, 1, 0, 254]],
  ['the first row is expected to be as to the left', 2, [9, 8, 7, 10, 8, 5], [9, 8, 7, 1, 0, 254]],
  ['a plane is expected', 2, [1, 1, 1, 3, 4, 5, 2, 2, 2, 4, 5, 6], [1, 1, 1, 2, 3, 4, 1, 1, 1, 0, 0, 0]],
  ['differences go round at 256', 2, [250, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0], [250, 0, 0, 11, 0, 0, 6, 0, 0, 245, 0, 0]],
];
for (const [what, width, faces, differences] of PIXELS) {
  test(what, () => {
    assert.deepEqual([...toDifferences(Uint8Array.from(faces), width)], differences);
    assert.deepEqual([...fromDifferences(Uint8Array.from(differences), width)], faces);
  });
}
