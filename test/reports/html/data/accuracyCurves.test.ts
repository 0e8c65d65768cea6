import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judgeAngles } from '../../../../reports/accuracy/judgeAngles.js';
import { errorCurve, type JudgedAccuracy, withoutRepeated } from '../../../../reports/html/data/accuracyCurves.js';
import { labelledPair } from '../../accuracy/responses.js';
import { naiveThresholds, scoredPairs } from '../../accuracy/scoredPairs.js';

type Pair = { readonly angle: number; readonly same: boolean };

function naiveRates(pairs: readonly Pair[], threshold: number): [number, number] {
  const share = (same: boolean, isWrong: (angle: number) => boolean) => {
    const ofKind = pairs.filter((pair) => pair.same === same);
    return ofKind.filter(({ angle }) => isWrong(angle)).length / ofKind.length;
  };
  return [share(false, (angle) => angle < threshold), share(true, (angle) => angle >= threshold)];
}

function judged(pairs: readonly Pair[], threshold = 0.41): JudgedAccuracy {
  const labelled = pairs.map(({ same }) => labelledPair(same));
  const angles = Float64Array.from(pairs, ({ angle }) => angle);
  const result = judgeAngles(angles, labelled, threshold);
  const dataset = { name: 'faces', sha256: '00' };
  const curve = errorCurve(angles, labelled, result);
  return { dataset, scenarios: ['Offline'], network: 'n', pairs: labelled, angles, result, curve };
}

const bothKinds = scoredPairs.filter((pairs) => new Set(pairs.map(({ same }) => same)).size === 2);

test('a curve goes from no match to all, through what thresholds come to; none lies off its steps', () =>
  fc.assert(
    fc.property(bothKinds, (pairs) => {
      const { curve } = judged(pairs);
      assert.ok(curve !== undefined);
      const { points, chosen } = curve;
      assert.deepEqual([points.at(0)?.falseMatchRate, points.at(0)?.falseNonMatchRate], [0, 1]);
      assert.deepEqual([points.at(-1)?.falseMatchRate, points.at(-1)?.falseNonMatchRate], [1, 0]);
      assert.deepEqual([chosen.falseMatchRate, chosen.falseNonMatchRate], naiveRates(pairs, 0.41));
      for (const { threshold, falseMatchRate, falseNonMatchRate } of points)
        assert.deepEqual([falseMatchRate, falseNonMatchRate], naiveRates(pairs, threshold));
      for (const threshold of naiveThresholds(pairs)) {
        const [x, y] = naiveRates(pairs, threshold);
        const isOnCurve = points.some((point, index) => {
          const next = points[index + 1] ?? point;
          const [x0, x1] = [point.falseMatchRate, next.falseMatchRate];
          const [y0, y1] = [point.falseNonMatchRate, next.falseNonMatchRate];
          const isWithin = x >= x0 && x <= x1 && y <= y0 && y >= y1;
          return isWithin && Math.abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) < 1e-12;
        });
        assert.ok(isOnCurve, `${x}, ${y}`);
      }
    }),
  ));

test('without an angle, or with pairs of one kind alone, there is no curve', () => {
  assert.equal(
    judged([
      { angle: Number.NaN, same: true },
      { angle: 0.2, same: false },
    ]).curve,
    undefined,
  );
  assert.equal(judged([{ angle: 0.1, same: true }]).curve, undefined);
});

test('tests with the same answers are one, with both scenarios', () => {
  const one = judged([
    { angle: 0.1, same: true },
    { angle: 0.9, same: false },
  ]);
  const other = judged([
    { angle: 0.2, same: true },
    { angle: 0.9, same: false },
  ]);
  const merged = withoutRepeated([one, { ...one, scenarios: ['Server'] }, other]);
  assert.deepEqual(
    merged.map(({ scenarios }) => scenarios),
    [['Offline', 'Server'], ['Offline']],
  );
});
