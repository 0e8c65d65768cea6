import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { frontOf, type RankedPoint, rankedPoint } from '../../../reports/results/bestFront.js';
import type { ScenarioResult } from '../../../reports/results/results.js';

function resultAt(value: number, share: number | null, changes: Partial<ScenarioResult> = {}): ScenarioResult {
  return {
    ...{
      scenario: 'Offline',
      folder: '.',
      sutName: 'sut',
      loadgenVersion: null,
      validity: 'VALID',
      invalidReasons: [],
    },
    figures: [{ name: 'per second', unit: 'samples/s', value, interval: null, noInterval: null }],
    accuracy: { correct: 1, pairs: 2, share },
    onFront: false,
    remarks: [],
    ...changes,
  };
}

function pointsAt(places: readonly (readonly [speed: number, accuracy: number])[]): RankedPoint[] {
  return places.flatMap(([speed, accuracy]) => rankedPoint(resultAt(speed, accuracy)) ?? []);
}

const placesOf = (points: readonly RankedPoint[]) => points.map(({ speed, accuracy }) => [speed, accuracy]);

for (const [what, places, front] of [
  ['one alone', [[1, 0.5]], []],
  [
    'each better in one',
    [
      [2, 0.5],
      [1, 0.6],
    ],
    [
      [1, 0.6],
      [2, 0.5],
    ],
  ],
  [
    'worse in both',
    [
      [2, 0.6],
      [1, 0.5],
    ],
    [[2, 0.6]],
  ],
  [
    'as fast, less accurate',
    [
      [2, 0.6],
      [2, 0.5],
    ],
    [[2, 0.6]],
  ],
  [
    'as accurate, slower',
    [
      [2, 0.6],
      [1, 0.6],
    ],
    [[2, 0.6]],
  ],
  [
    'equal in both',
    [
      [2, 0.6],
      [2, 0.6],
      [1, 0.1],
    ],
    [
      [2, 0.6],
      [2, 0.6],
    ],
  ],
] as const)
  test(`the front of ${what}`, () => assert.deepEqual(placesOf(frontOf(pointsAt(places))), front));

test('a point is on the front if and only if none is better in one and as good in the other', () => {
  const place = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 5 }));
  fc.assert(
    fc.property(fc.array(place, { minLength: 2 }), (places) => {
      const points = pointsAt(places);
      const isBeaten = (one: RankedPoint) =>
        points.some(
          (other) =>
            other.speed >= one.speed &&
            other.accuracy >= one.accuracy &&
            (other.speed > one.speed || other.accuracy > one.accuracy),
        );
      const front = new Set(frontOf(points));
      for (const point of points) assert.equal(front.has(point), !isBeaten(point));
    }),
  );
});

for (const [what, result] of [
  ['is INVALID', resultAt(1, 0.5, { validity: 'INVALID' })],
  ['has no accuracy', resultAt(1, 0.5, { accuracy: null })],
  ['has an accuracy that is no number', resultAt(1, null)],
  ['lacks the figure that is compared', resultAt(1, 0.5, { scenario: 'SingleStream' })],
] as const)
  test(`a result that ${what} is not ranked`, () => assert.equal(rankedPoint(result), undefined));

test('of latencies, less is faster', () => {
  const figure = { name: 'p90', unit: 'ns', value: 100, interval: null, noInterval: null } as const;
  const result = resultAt(1, 0.5, { scenario: 'SingleStream', figures: [figure] });
  assert.deepEqual([rankedPoint(result)?.value, rankedPoint(result)?.speed], [100, 0.01]);
});
