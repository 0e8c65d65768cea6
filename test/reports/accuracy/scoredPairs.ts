import fc from 'fast-check';

/** Pairs with many equal angles, with neighbouring floating-point numbers among them, in ten sets. */
export const scoredPairs = fc.array(
  fc.record(
    {
      angle: fc.oneof(
        fc.constantFrom(0, 0.25, 0.25 + 2 ** -54, 0.25 + 2 ** -53, 0.41, 1),
        // No subnormal numbers: the middle of two of them is rounded to one of the two.
        fc.integer({ min: 0, max: 2 ** 30 }).map((steps) => steps / 2 ** 30),
      ),
      same: fc.boolean(),
      set: fc.integer({ min: 1, max: 10 }),
    },
    { noNullPrototype: true },
  ),
  { minLength: 1, maxLength: 40 },
);

interface Pair {
  readonly angle: number;
  readonly same: boolean;
}

/** The straightforward definition: the part of the pairs that a threshold decides rightly. */
export function naiveAccuracy(pairs: readonly Pair[], threshold: number): number {
  return pairs.filter(({ angle, same }) => angle < threshold === same).length / pairs.length;
}

/** Thresholds at every angle and past the last divide the pairs in every way there is. */
export function naiveThresholds(pairs: readonly Pair[]): number[] {
  return [...new Set(pairs.map(({ angle }) => angle)), Number.POSITIVE_INFINITY].toSorted((a, b) => a - b);
}
