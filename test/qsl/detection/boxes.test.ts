import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ScoredBox, squareBoxes, suppressNonMaxima } from '../../../qsl/detection/boxes.js';

const box = (left: number, top: number, right: number, bottom: number, score = 1): ScoredBox => ({
  left,
  top,
  right,
  bottom,
  score,
});

/** Counts shared pixels one by one. */
function naiveOverlap(a: ScoredBox, b: ScoredBox, measure: 'union' | 'min'): number {
  const pixelsOf = ({ left, top, right, bottom }: ScoredBox): Set<string> => {
    const pixels = new Set<string>();
    for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) pixels.add(`${x} ${y}`);
    return pixels;
  };
  const [first, second] = [pixelsOf(a), pixelsOf(b)];
  const shared = [...first].filter((pixel) => second.has(pixel)).length;
  return shared / (measure === 'min' ? Math.min(first.size, second.size) : new Set([...first, ...second]).size);
}

/** Takes the best of those left and strikes out what overlaps it, until none is left. */
function naiveSuppression(boxes: readonly ScoredBox[], threshold: number, measure: 'union' | 'min'): ScoredBox[] {
  const kept: ScoredBox[] = [];
  let left = [...boxes];
  while (left.length > 0) {
    const highest = Math.max(...left.map(({ score }) => score));
    const best = left.find(({ score }) => score === highest);
    assert.ok(best);
    kept.push(best);
    left = left.filter((other) => other !== best && naiveOverlap(best, other, measure) <= threshold);
  }
  return kept;
}

const anyBox = fc
  .tuple(fc.nat(8), fc.nat(8), fc.nat(6), fc.nat(6), fc.integer({ min: 0, max: 5 }))
  .map(([left, top, width, height, score]) => box(left, top, left + width, top + height, score));

for (const measure of ['union', 'min'] as const) {
  test(`suppression by ${measure} does as the naive one`, () => {
    const threshold = fc.constantFrom(0, 0.3, 0.5, 0.7, 1);
    fc.assert(
      fc.property(fc.array(anyBox, { maxLength: 15 }), threshold, (boxes, limit) => {
        assert.deepEqual(suppressNonMaxima(boxes, limit, measure), naiveSuppression(boxes, limit, measure));
      }),
    );
  });
}

test('an overlap of exactly the threshold is kept', () => {
  const boxes = [box(1, 1, 10, 10, 0.9), box(1, 1, 5, 10, 0.8)];
  assert.equal(suppressNonMaxima(boxes, 0.5, 'union').length, 2);
  assert.equal(suppressNonMaxima(boxes, 0.49, 'union').length, 1);
});

for (const [what, input, expected] of [
  ['a square', [1, 2, 11, 12], [[1, 2, 11, 12]]],
  ['a wide box', [0, 10, 20, 20], [[0, 5, 20, 25]]],
  ['a tall box', [10, 0, 20, 20], [[5, 0, 25, 20]]],
  ['fractions, cut toward zero', [1.9, 1.9, 11.9, 11.9], [[1, 1, 11, 11]]],
  ['a place before the first pixel', [-5.5, -5.5, 4.5, 4.5], [[-5, -5, 4, 4]]],
  ['a box turned inside out', [10, 10, 2, 2], []],
] as const) {
  test(`squares ${what}`, () => {
    const [left, top, right, bottom] = input;
    assert.deepEqual(
      squareBoxes([{ left, top, right, bottom }]).map((square) => Object.values(square)),
      expected,
    );
  });
}
