import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confidenceOfEach, type RatioVerdict, ratioVerdict } from '../../../reports/figures/ratioVerdict.js';

const VERDICTS: readonly [interval: [number, number], unit: 'ns' | 'samples/s', verdict: RatioVerdict][] = [
  [[0.8, 0.9], 'ns', 'faster'],
  [[1.1, 1.2], 'ns', 'slower'],
  [[0.8, 0.9], 'samples/s', 'slower'],
  [[1.1, 1.2], 'samples/s', 'faster'],
  [[0.9, 1.1], 'ns', 'no difference shown'],
  [[0.9, 1], 'ns', 'no difference shown'],
  [[1, 1.1], 'samples/s', 'no difference shown'],
];
for (const [interval, unit, verdict] of VERDICTS) {
  test(`a ratio between ${interval.join(' and ')} in ${unit}: ${verdict}`, () => {
    assert.equal(ratioVerdict(interval, unit), verdict);
  });
}

for (const [count, confidence] of [
  [0, 0.95],
  [1, 0.95],
  [5, 0.99],
  [50, 0.999],
] as const) {
  test(`${count} intervals share the 5 % that may be wrong`, () => {
    assert.ok(Math.abs(confidenceOfEach(count) - confidence) < 1e-12);
  });
}
