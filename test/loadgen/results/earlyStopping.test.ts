import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { discardableQueries, minPassingQueries } from '../../../loadgen/results/earlyStopping.js';
import { readGoldenText } from '../../golden.js';

const recordings = z.array(z.object({ t: z.number(), p: z.number(), d: z.number(), c: z.number(), h: z.number() }));

test('the least number of passing queries is the official one', (t) => {
  const text = readGoldenText(t, 'early-stopping.json');
  if (text === undefined) return;
  for (const { t: failing, p, d, c, h } of recordings.parse(JSON.parse(text))) {
    assert.equal(minPassingQueries(failing, p, d, c), h, `${failing} failing at ${p}`);
  }
});

test('it is the least number for which the binomial tail is improbable enough', () => {
  const percentile = fc.double({ min: 0.5, max: 0.995, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), percentile, (failing, pass) => {
      const passing = minPassingQueries(failing, pass);
      // Nothing is claimed within rounding of the edge.
      assert.ok(naiveTail(passing, failing, pass) < 0.01 * (1 + 1e-9));
      assert.ok(naiveTail(passing - 1, failing, pass) >= 0.01 * (1 - 1e-9));
    }),
  );
});

test('as many of the slowest are left out as the count of queries affords', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(0.9, 0.97, 0.99), (queryCount, percentile) => {
      let failing = 1;
      while (minPassingQueries(failing, percentile) + failing <= queryCount) failing++;
      assert.equal(discardableQueries(queryCount, percentile), failing === 1 ? undefined : failing - 2);
    }),
    { numRuns: 50 },
  );
});

for (const [queryCount, percentile, discarded] of [
  [63, 0.9, undefined],
  [64, 0.9, 0],
  [661, 0.99, undefined],
  [662, 0.99, 0],
] as const) {
  test(`${queryCount} queries at ${percentile}: ${discarded ?? 'too few'}`, () => {
    assert.equal(discardableQueries(queryCount, percentile), discarded);
  });
}

/** The chance of at most `failing` failures in `passing + failing` queries, summed term by term. */
function naiveTail(passing: number, failing: number, pass: number): number {
  const count = passing + failing;
  let term = pass ** count;
  let sum = term;
  for (let k = 1; k <= failing; k++) {
    term *= ((count - k + 1) / k) * ((1 - pass) / pass);
    sum += term;
  }
  return sum;
}
