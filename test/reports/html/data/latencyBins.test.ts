import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commonBins, latencyBins } from '../../../../reports/html/data/latencyBins.js';

const latencies = fc
  .array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 100 })
  .map((values) => Float64Array.from(values));

test('all distributions have the same bins, no more than asked for, and each query is in one', () =>
  fc.assert(
    fc.property(fc.array(latencies, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 60 }), (runs, most) => {
      const { edgesNs, shares } = commonBins(runs.map(latencyBins), most);
      assert.ok(edgesNs.length - 1 <= most);
      for (const [run, latenciesNs] of runs.entries()) {
        const ofRun = shares[run] ?? [];
        assert.equal(ofRun.length, edgesNs.length - 1);
        assert.ok(Math.abs(ofRun.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
        // Rounding may move a latency that lies on an edge into the neighbouring bin.
        for (const [bin, share] of ofRun.entries()) {
          const [from, to] = [(edgesNs[bin] ?? 0) * (1 - 1e-9), (edgesNs[bin + 1] ?? 0) * (1 + 1e-9)];
          const inside = latenciesNs.filter((ns) => Math.max(1, ns) >= from && Math.max(1, ns) <= to).length;
          assert.ok(share * latenciesNs.length <= inside + 1e-9, `bin ${bin}`);
        }
      }
    }),
  ));

test('bins have one ratio', () => {
  const { edgesNs } = commonBins([latencyBins(Float64Array.of(1e3, 1e9))], 50);
  const ratios = edgesNs.slice(1).map((edge, index) => edge / (edgesNs[index] ?? Number.NaN));
  for (const ratio of ratios) assert.ok(Math.abs(ratio - (ratios[0] ?? 0)) < 1e-9);
});

test('latencies that are all alike are one bin', () => {
  assert.deepEqual(commonBins([latencyBins(Float64Array.of(5000, 5000))], 96).shares, [[1]]);
});
