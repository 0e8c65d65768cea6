import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tenFoldAccuracy } from '../../../reports/accuracy/tenFoldAccuracy.js';
import { naiveAccuracy, scoredPairs } from './scoredPairs.js';

const SETS = Array.from({ length: 10 }, (_, index) => index + 1);

/** Candidates in rising order; the first that is best on nine sets is measured on the tenth. */
function naiveTenFold(pairs: readonly { angle: number; same: boolean; set: number }[]) {
  const folds = SETS.map((set) => {
    const training = pairs.filter((pair) => pair.set !== set);
    const angles = [...new Set(training.map(({ angle }) => angle))].toSorted((a, b) => a - b);
    const candidates = angles.map((angle, index) => {
      const below = angles[index - 1] ?? angle;
      return (below + angle) / 2 > below ? (below + angle) / 2 : angle;
    });
    candidates.push(Number.POSITIVE_INFINITY);
    const best = Math.max(...candidates.map((threshold) => naiveAccuracy(training, threshold)));
    const chosen = candidates.find((threshold) => naiveAccuracy(training, threshold) === best) ?? Number.NaN;
    return naiveAccuracy(
      pairs.filter((pair) => pair.set === set),
      chosen,
    );
  });
  const mean = folds.reduce((sum, fold) => sum + fold / 10, 0);
  return { mean, standardDeviation: Math.sqrt(folds.reduce((sum, fold) => sum + (fold - mean) ** 2 / 9, 0)) };
}

test('agrees with the protocol, done step by step', () =>
  fc.assert(
    fc.property(scoredPairs, scoredPairs, (some, others) => {
      const pairs = [...some, ...others, ...SETS.map((set) => ({ angle: set / 20, same: set % 2 === 0, set }))];
      const { mean, standardDeviation } = tenFoldAccuracy(pairs) ?? { mean: Number.NaN, standardDeviation: Number.NaN };
      const naive = naiveTenFold(pairs);
      assert.ok(Math.abs(mean - naive.mean) < 1e-12, `${mean} and ${naive.mean}`);
      assert.ok(Math.abs(standardDeviation - naive.standardDeviation) < 1e-12);
    }),
  ));

for (const setCount of [1, 9, 11]) {
  test(`is undefined for ${setCount} sets`, () => {
    const pairs = Array.from({ length: setCount }, (_, set) => ({ angle: 0.3, same: true, set }));
    assert.equal(tenFoldAccuracy(pairs), undefined);
  });
}
