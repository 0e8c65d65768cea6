import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { binomialRanks } from '../../../reports/figures/binomialRanks.js';

/** The probability that exactly k of n fall below the quantile, with exact factorials. */
function probability(n: number, k: number, share: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways *= (n - k + i) / i;
  return ways * share ** k * (1 - share) ** (n - k);
}

function atMost(n: number, k: number, share: number): number {
  let sum = 0;
  for (let i = 0; i <= k; i++) sum += probability(n, i, share);
  return sum;
}

test('the narrowest ranks that leave half of the rest on each side, as naive sums have it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 120 }),
      fc.constantFrom(0.5, 0.9, 0.97, 0.99, 0.999, 0.123),
      (count, share) => {
        const { lower, upper } = binomialRanks(count, share, 0.95);
        const below = (rank: number) => atMost(count, rank - 1, share);
        const above = (rank: number) => 1 - atMost(count, rank - 1, share);
        assert.ok(below(lower) <= 0.025 + 1e-9, `lower ${lower}`);
        assert.ok(lower === count || below(lower + 1) > 0.025 - 1e-9, `lower ${lower} could be more`);
        assert.ok(above(upper) <= 0.025 + 1e-9, `upper ${upper}`);
        assert.ok(above(upper - 1) > 0.025 - 1e-9, `upper ${upper} could be less`);
      },
    ),
  );
});

// The normal approximation is off by less than one rank here.
for (const [count, share, deviation] of [
  [1_000_000, 0.5, 500],
  [26_000_000, 0.9, Math.sqrt(26e6 * 0.09)],
] as const) {
  test(`the ranks of ${count} observations lie 1.96 standard deviations from the quantile`, () => {
    const { lower, upper } = binomialRanks(count, share, 0.95);
    assert.ok(Math.abs(lower - (count * share - 1.959964 * deviation)) < 1.5, String(lower));
    assert.ok(Math.abs(upper - (count * share + 1.959964 * deviation)) < 1.5, String(upper));
  });
}

test('too few observations leave the interval open', () => {
  assert.deepEqual(binomialRanks(5, 0.5, 0.95), { lower: 0, upper: 6 });
  assert.deepEqual(binomialRanks(6, 0.5, 0.95), { lower: 1, upper: 6 });
  assert.equal(binomialRanks(250, 0.999, 0.95).upper, 251);
});
