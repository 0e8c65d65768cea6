import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { latencySpectrum, TABLE_SHARES } from '../../../../reports/html/data/latencySpectrum.js';

const latencies = fc
  .array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 300 })
  .map((values) => Float64Array.from(values));

/** The least latency that at least this share of the queries did not exceed. */
function naivePercentile(latenciesNs: Float64Array, share: number): number {
  const sorted = latenciesNs.toSorted();
  return sorted.find((_, index) => (index + 1) / sorted.length >= share - 1e-12) ?? Number.NaN;
}

function assertWithinThousandth(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1 + expected / 1000, `${actual}, expected ${expected}`);
}

test('points are percentiles within a thousandth, rise, and end at the slowest query', () =>
  fc.assert(
    fc.property(latencies, (latenciesNs) => {
      const { points } = latencySpectrum(latenciesNs);
      for (const [index, { nines, latencyNs }] of points.entries()) {
        const share = index === points.length - 1 ? 1 : 1 - 10 ** -nines;
        assertWithinThousandth(latencyNs, naivePercentile(latenciesNs, share));
        assert.ok(latencyNs >= (points[index - 1]?.latencyNs ?? 0));
        assert.ok(nines >= (points[index - 1]?.nines ?? 0));
      }
    }),
  ));

test('the table stops where too few queries were measured, and always has the slowest', () => {
  const { table } = latencySpectrum(Float64Array.from({ length: 1000 }, (_, query) => 1000 * (query + 1)));
  const told = TABLE_SHARES.filter((_, index) => table[index] !== undefined);
  assert.deepEqual(told, [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1]);
  for (const [index, ns] of table.entries())
    if (ns !== undefined) assertWithinThousandth(ns, Math.max(1000, (TABLE_SHARES[index] ?? 0) * 1e6));
});

test('a single query has a spectrum', () => {
  assert.deepEqual(latencySpectrum(Float64Array.of(7)).points, [{ nines: 0, latencyNs: 7 }]);
});
