import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rateInterval } from '../../../reports/figures/rateInterval.js';
import { randomNumbers } from './randomNumbers.js';

/** Completion times of samples that take so long, one after another. */
function completed(count: number, sampleNs: () => number): Float64Array {
  let timeNs = 0;
  return Float64Array.from({ length: count }, () => {
    timeNs += sampleNs();
    return timeNs;
  });
}

test('95 % of the intervals enclose the true rate', () => {
  const random = randomNumbers(5);
  let enclosed = 0;
  for (let run = 0; run < 400; run++) {
    // 1 ms on average: a thousand per second.
    const [lower = 0, upper = 0] = rateInterval(completed(500, () => 2e6 * random())) ?? [];
    if (lower <= 1000 && 1000 <= upper) enclosed++;
  }
  assert.ok(enclosed / 400 > 0.92 && enclosed / 400 < 0.98, String(enclosed / 400));
});

test('a steady rate has an interval of no width', () => {
  const [lower = 0, upper = 0] = rateInterval(completed(200, () => 5e6)) ?? [];
  assert.ok(Math.abs(lower - 200) < 1e-6 && Math.abs(upper - 200) < 1e-6);
});

test('a run that slows down halfway has a wide one', () => {
  const random = randomNumbers(5);
  let sample = 0;
  const slowing = completed(1000, () => (sample++ < 500 ? 1e6 : 3e6) * (0.9 + 0.2 * random()));
  const [lower = 0, upper = 0] = rateInterval(slowing) ?? [];
  assert.ok(lower < 425 && upper > 600, `${lower} to ${upper}`);
});

for (const [what, completedNs] of [
  ['all samples at once', new Float64Array(1000).fill(3e9)],
  ['in 39 lots', Float64Array.from({ length: 390 }, (_, sample) => 1e6 * (1 + Math.floor(sample / 10)))],
  ['one sample', Float64Array.of(1e6)],
] as const) {
  test(`no interval where answers came ${what}`, () => assert.equal(rateInterval(completedNs), undefined));
}
