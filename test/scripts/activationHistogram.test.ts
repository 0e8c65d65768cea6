import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ActivationHistogram } from '../../scripts/activationHistogram.js';

function bestRangeOf(values: Float32Array): readonly [number, number] {
  const histogram = new ActivationHistogram(
    values.reduce((a, b) => Math.min(a, b)),
    values.reduce((a, b) => Math.max(a, b)),
  );
  histogram.add(values);
  return histogram.bestRange();
}

/** What 8 bits over a range really make of values: the mean squared error. */
function errorOf(values: Float32Array, [low, high]: readonly [number, number]): number {
  const step = (high - low) / 255;
  const errors = values.map((value) => {
    const rounded = low + step * Math.round((Math.min(Math.max(value, low), high) - low) / step);
    return (value - rounded) ** 2;
  });
  return errors.reduce((sum, error) => sum + error, 0) / values.length;
}

/** Roughly normal, by the sum of uniform ones, from a small generator so that each run sees the same. */
function normalValues(count: number): Float32Array {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  return Float32Array.from({ length: count }, () => uniform() + uniform() + uniform() + uniform());
}

test('evenly spread values keep their whole range', () => {
  const [low, high] = bestRangeOf(Float32Array.from({ length: 10_001 }, (_, i) => i / 5000 - 1));
  assert.ok(Math.abs(low + 1) < 0.02, `low ${low}`);
  assert.ok(Math.abs(high - 1) < 0.02, `high ${high}`);
});

test('a rare large value is clipped, and that makes the real error smaller', () => {
  const values = normalValues(500_000);
  values[123] = 5;
  const range = bestRangeOf(values);
  assert.ok(range[1] < 4, `high ${range[1]}`);
  assert.ok(errorOf(values, range) < 0.8 * errorOf(values, [range[0], 5]));
});

test('no range among others has a smaller real error by more than a twentieth', () => {
  const values = normalValues(20_000);
  const [low, high] = bestRangeOf(values);
  const chosen = errorOf(values, [low, high]);
  for (const scale of [0.6, 0.8, 0.9, 1.1, 1.2]) {
    for (const range of [
      [low * scale, high],
      [low, high * scale],
      [low * scale, high * scale],
    ] as const) {
      assert.ok(chosen < errorOf(values, range) * 1.05, `${range} is better than ${low}, ${high}`);
    }
  }
});

test('a range includes 0, is not empty and lies within what was seen', () => {
  const finite = fc.float({ noNaN: true, min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.array(finite, { minLength: 1, maxLength: 50 }), (list) => {
      fc.pre(list.some((value) => Math.abs(value) > 1e-3));
      const [low, high] = bestRangeOf(Float32Array.from(list));
      assert.ok(low <= 0 && high >= 0 && low < high, `${low} to ${high}`);
      const slack = 1e-6 * (high - low);
      assert.ok(low >= Math.min(0, ...list) - slack && high <= Math.max(0, ...list) + slack);
    }),
  );
});
