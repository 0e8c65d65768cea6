import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scaleLog } from 'd3-scale';
import { countTick, durationTick, latencyScale, percentTick, ticksOf } from '../../../reports/html/axes.js';

function labels(valuesNs: readonly number[]): string[] {
  const scale = latencyScale(valuesNs, [300, 0]);
  return ticksOf(scale, durationTick)
    .map(({ label }) => label)
    .filter((label) => label !== '');
}

for (const [what, valuesNs, expected] of [
  ['near each other: from 0', [38e6, 157e6], ['0', '50 ms', '100 ms', '150 ms', '200 ms']],
  ['a decade', [1e6, 9e6], ['1 ms', '2 ms', '5 ms']],
  ['many decades: powers of ten', [500, 1e9], ['1 µs', '10 µs', '100 µs', '1 ms', '10 ms', '100 ms', '1 s']],
  ['nothing but 0', [0, 0], ['0', '0.2 ns', '0.4 ns', '0.6 ns', '0.8 ns', '1 ns']],
  ['what is no number counts for nothing', [Number.NaN, 100e6], ['0', '20 ms', '40 ms', '60 ms', '80 ms', '100 ms']],
] as const) {
  test(`ticks of latencies ${what}`, () => assert.deepEqual(labels(valuesNs), expected));
}

test('ticks of a part of a decade reach over all of it', () => {
  const ticks = ticksOf({ scale: scaleLog([128e6, 376e6], [0, 800]), isLogarithmic: true }, durationTick);
  const labelled = ticks.filter(({ label }) => label !== '').map(({ label }) => label);
  assert.deepEqual(labelled, ['140 ms', '180 ms', '220 ms', '260 ms', '300 ms', '340 ms']);
});

for (const [text, expected] of [
  [durationTick(1500), '1.5 µs'],
  [durationTick(2e9), '2 s'],
  [countTick(4500), '4,500'],
  [countTick(12.5e6), '12.5 M'],
  [percentTick(0.99999), '99.999 %'],
  [percentTick(0.1 + 0.2), '30 %'],
] as const) {
  test(`a tick reads ${expected}`, () => assert.equal(text, expected));
}
