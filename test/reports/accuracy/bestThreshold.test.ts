import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bestThreshold } from '../../../reports/accuracy/bestThreshold.js';
import { operatingPoints } from '../../../reports/accuracy/operatingPoints.js';
import { naiveAccuracy, naiveThresholds, scoredPairs } from './scoredPairs.js';

test('no threshold decides more pairs rightly, and the figure is what the threshold really gives', () =>
  fc.assert(
    fc.property(scoredPairs, (pairs) => {
      const best = bestThreshold(pairs);
      const accuracies = naiveThresholds(pairs).map((threshold) => naiveAccuracy(pairs, threshold));
      assert.equal(best.accuracy, Math.max(...accuracies));
      assert.equal(naiveAccuracy(pairs, best.threshold), best.accuracy);
    }),
    { numRuns: 500 },
  ));

test('every operating point counts what its threshold accepts, and none is left out', () =>
  fc.assert(
    fc.property(scoredPairs, (pairs) => {
      const points = operatingPoints(pairs);
      assert.equal(points.length, naiveThresholds(pairs).length);
      for (const { threshold, truePositives, falsePositives } of points) {
        const accepted = pairs.filter(({ angle }) => angle < threshold);
        assert.equal(accepted.filter(({ same }) => same).length, truePositives);
        assert.equal(accepted.filter(({ same }) => !same).length, falsePositives);
      }
    }),
  ));

for (const [name, pairs, expected] of [
  ['midway between the kinds', [pair(0.2, true), pair(0.4, false)], { threshold: 0.30000000000000004, accuracy: 1 }],
  ['the least of equally good ones', [pair(0.2, false), pair(0.4, true)], { threshold: 0.2, accuracy: 0.5 }],
  ['above any angle where all are to be taken', [pair(1, true)], { threshold: 1 + Number.EPSILON, accuracy: 1 }],
] as const) {
  test(`the best threshold is ${name}`, () => assert.deepEqual(bestThreshold(pairs), expected));
}

function pair(angle: number, same: boolean) {
  return { angle, same };
}
