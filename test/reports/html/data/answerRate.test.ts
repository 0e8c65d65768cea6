import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answerRate } from '../../../../reports/html/data/answerRate.js';

test('the slices hold every sample once', () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 100, maxLength: 400 }), (values) => {
      const completedNs = Float64Array.from(values);
      const rate = answerRate(completedNs);
      assert.ok(rate !== undefined);
      assert.equal(rate.durationNs, Math.max(...values));
      const sliceSeconds = rate.durationNs / rate.samplesPerSecond.length / 1e9;
      const counts = rate.samplesPerSecond.map((perSecond) => perSecond * sliceSeconds);
      assert.ok(Math.abs(counts.reduce((sum, count) => sum + count, 0) - values.length) < 1e-6);
      const first = values.filter((ns) => ns < rate.durationNs / counts.length).length;
      assert.ok(Math.abs((counts[0] ?? 0) - first) < 1e-6);
    }),
  ));

test('samples that came back in few lots have no rate over time', () => {
  assert.equal(answerRate(Float64Array.of(1e9, 1e9, 2e9, 2e9, 3e9)), undefined);
  assert.equal(answerRate(new Float64Array(100)), undefined);
});
