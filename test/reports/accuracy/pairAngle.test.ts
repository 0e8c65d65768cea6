import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pairAngle } from '../../../reports/accuracy/pairAngle.js';
import { response } from './responses.js';

for (const [name, featureA, featureB, angle] of [
  ['the same direction', [3, 4], [6, 8], 0],
  ['opposite directions', [3, 4], [-3, -4], 1],
  ['a right angle', [3, 4], [-4, 3], 0.5],
  ['the largest values', [3.4e38], [3.4e38], 0],
  ['the smallest values', [1e-45], [1e-45], 0],
  ['a NaN in A', [Number.NaN, 1], [1, 1], Number.NaN],
  ['a NaN in B', [1, 1], [Number.NaN, 1], Number.NaN],
  ['an infinity', [Number.POSITIVE_INFINITY], [1], Number.NaN],
  ['an infinity in both', [Number.NEGATIVE_INFINITY], [Number.NEGATIVE_INFINITY], Number.NaN],
  ['a feature of zeros', [0], [1], Number.NaN],
] as const) {
  test(`the angle of ${name}`, () => assert.equal(pairAngle(response(featureA, featureB)), angle));
}

test('agrees with the definition, wherever in memory the response lies', () => {
  const feature = fc.array(fc.double({ min: -8, max: 8, noNaN: true }).map(Math.fround), {
    minLength: 1024,
    maxLength: 1024,
  });
  fc.assert(
    fc.property(feature, feature, (featureA, featureB) => {
      const a = [7, ...featureA.slice(1)];
      const b = [5, ...featureB.slice(1)];
      const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, v, i) => sum + v * (y[i] ?? 0), 0);
      const expected = Math.acos(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))) / Math.PI;
      const shifted = Buffer.concat([Buffer.alloc(3), response(a, b)]).subarray(3);
      assert.ok(Math.abs(pairAngle(shifted) - expected) < 1e-7);
    }),
    { numRuns: 30 },
  );
});
