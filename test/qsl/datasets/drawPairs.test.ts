import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MersenneTwister } from '../../../loadgen/random/mersenneTwister.js';
import { canDraw, drawPairs, greatestPossible, type PairCounts } from '../../../qsl/datasets/drawPairs.js';

const persons = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });
const seeds = fc.nat();

test('what can be drawn is what taking pairs away in every order can reach', () => {
  fc.assert(
    fc.property(persons, (imageCounts) => {
      const reachable = reachableCounts(imageCounts);
      for (const counts of gridUpTo(imageCounts))
        assert.equal(canDraw(imageCounts, counts), reachable.has(keyOf(counts)), `${imageCounts}: ${keyOf(counts)}`);
    }),
  );
});

test('pairs are as many as asked, of the right kind, and no image is in two', () => {
  fc.assert(
    fc.property(persons, seeds, (imageCounts, seed) => {
      for (const counts of gridUpTo(imageCounts).filter((each) => canDraw(imageCounts, each))) {
        const { same, different } = drawPairs(imagesOf(imageCounts), counts, new MersenneTwister(seed));
        assert.deepEqual({ same: same.length, different: different.length }, counts);
        for (const [a, b] of same) assert.equal(personOf(a), personOf(b));
        for (const [a, b] of different) assert.notEqual(personOf(a), personOf(b));
        const images = [...same, ...different].flat();
        assert.equal(new Set(images).size, images.length);
      }
    }),
  );
});

test('pairs of one person against many are drawn whoever has most of the images', () => {
  const imageCounts = [4000, ...Array<number>(4000).fill(1)];
  const { different } = drawPairs(imagesOf(imageCounts), { same: 0, different: 4000 }, new MersenneTwister(1));
  assert.ok(different.every(([a, b]) => (personOf(a) === 0) !== (personOf(b) === 0)));
});

test('a seed draws the same pairs again, and another one others', () => {
  const draw = (seed: number) =>
    drawPairs(imagesOf(Array<number>(20).fill(4)), { same: 20, different: 20 }, new MersenneTwister(seed));
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
});

test('every pair can be drawn', () => {
  const drawn = new Set<string>();
  for (let seed = 0; seed < 400; seed++) {
    const { same, different } = drawPairs(imagesOf([3, 3]), { same: 1, different: 1 }, new MersenneTwister(seed));
    for (const pair of [...same, ...different]) drawn.add(pair.toSorted().join());
  }
  // 2 x 3 pairs of one person and 3 x 3 of two.
  assert.equal(drawn.size, 15);
});

test('the greatest number is found', () => {
  fc.assert(
    fc.property(fc.nat(10_000), (limit) =>
      assert.equal(
        greatestPossible((count) => count <= limit),
        limit,
      ),
    ),
  );
});

/** All counts that are left after pairs were taken away one by one, in every order. */
function reachableCounts(
  imageCounts: readonly number[],
  { same, different }: PairCounts = { same: 0, different: 0 },
  reached = new Set<string>(),
  seen = new Set<string>(),
): Set<string> {
  const state = `${imageCounts.toSorted()}:${same}:${different}`;
  if (seen.has(state)) return reached;
  seen.add(state);
  reached.add(keyOf({ same, different }));
  for (const [i, a] of imageCounts.entries()) {
    if (a >= 2) reachableCounts(imageCounts.with(i, a - 2), { same: same + 1, different }, reached, seen);
    for (const [j, b] of imageCounts.entries()) {
      if (j <= i || a === 0 || b === 0) continue;
      const left = imageCounts.with(i, a - 1).with(j, b - 1);
      reachableCounts(left, { same, different: different + 1 }, reached, seen);
    }
  }
  return reached;
}

function gridUpTo(imageCounts: readonly number[]): PairCounts[] {
  const size = imageCounts.reduce((total, count) => total + count, 0) / 2 + 2;
  const numbers = Array.from({ length: Math.floor(size) }, (_, index) => index);
  return numbers.flatMap((same) => numbers.map((different) => ({ same, different })));
}

function keyOf({ same, different }: PairCounts): string {
  return `${same} + ${different}`;
}

/** Image `p/i` is the i-th of person p. */
function imagesOf(imageCounts: readonly number[]): string[][] {
  return imageCounts.map((count, person) => Array.from({ length: count }, (_, index) => `${person}/${index}`));
}

function personOf(image: string): number {
  return Number(image.split('/', 1).join());
}
