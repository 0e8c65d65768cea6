import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { latencyStatistics, percentileOf } from '../../../loadgen/results/latencyStatistics.js';

const latencies = fc.array(fc.nat({ max: 1e12 }), { minLength: 1, maxLength: 400 });

test('a percentile is the element at the truncated share of the count', () => {
  fc.assert(
    fc.property(latencies, fc.double({ min: 0, max: 0.9999, noNaN: true }), (values, percentile) => {
      const sorted = values.toSorted((a, b) => a - b);
      assert.equal(percentileOf(Float64Array.from(sorted), percentile), sorted[Math.floor(values.length * percentile)]);
    }),
  );
});

test('minimum, maximum and mean are those of exact integers', () => {
  fc.assert(
    fc.property(latencies, (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      const { minNs, maxNs, meanNs } = latencyStatistics(Float64Array.from(sorted));
      const mean = values.reduce((sum, value) => sum + BigInt(value), 0n) / BigInt(values.length);
      assert.deepEqual([minNs, maxNs, meanNs], [sorted[0], sorted.at(-1), Number(mean)]);
    }),
  );
});

test('a mean stays exact where the sum is larger than a double counts', () => {
  const latencyNs = 6e11 + 1;
  assert.equal(latencyStatistics(new Float64Array(24_576).fill(latencyNs)).meanNs, latencyNs);
});
