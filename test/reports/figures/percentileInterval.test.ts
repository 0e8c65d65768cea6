import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentileOf } from '../../../loadgen/results/latencyStatistics.js';
import { effectiveCount, percentileInterval } from '../../../reports/figures/percentileInterval.js';
import { randomNumbers } from './randomNumbers.js';

const RUNS = 300;

/** How often the interval encloses the true percentile of what the latencies are drawn from. */
function coverage(share: number, truth: number, draw: (random: () => number) => Float64Array): number {
  const random = randomNumbers(7);
  let enclosed = 0;
  for (let run = 0; run < RUNS; run++) {
    const issued = draw(random);
    const interval = percentileInterval(issued, issued.toSorted(), share);
    assert.ok(interval !== undefined);
    if (interval[0] <= truth && truth <= interval[1]) enclosed++;
  }
  return enclosed / RUNS;
}

for (const share of [0.5, 0.9, 0.99]) {
  test(`95 % of the intervals enclose the true p${100 * share} of independent latencies`, () => {
    const drawn = coverage(share, share, (random) => Float64Array.from({ length: 3000 }, random));
    assert.ok(drawn > 0.93, String(drawn));
  });
}

test('they also do where each latency is like the one before', () => {
  // A latency stays for 20 queries on average; each is uniform, so that the true median is a half.
  const sticky = (random: () => number) => {
    let latency = random();
    return Float64Array.from({ length: 6000 }, () => {
      if (random() < 0.05) latency = random();
      return latency;
    });
  };
  const drawn = coverage(0.5, 0.5, sticky);
  assert.ok(drawn > 0.9, String(drawn));
  const issued = sticky(randomNumbers(3));
  const worth = effectiveCount(issued, percentileOf(issued.toSorted(), 0.5));
  // 39 consecutive ones tell as much as one.
  assert.ok(worth > 6000 / 39 / 2.5 && worth < (6000 / 39) * 2.5, String(worth));
});

test('latencies that are all alike have an interval of no width', () => {
  const alike = new Float64Array(1000).fill(5);
  assert.deepEqual(percentileInterval(alike, alike, 0.9), [5, 5]);
});

test('a shift halfway through the run widens the interval over both halves', () => {
  const shifted = Float64Array.from({ length: 2000 }, (_, query) => (query < 1000 ? 100 : 200) + (query % 7));
  const [lower, upper] = percentileInterval(shifted, shifted.toSorted(), 0.5) ?? [];
  assert.ok(lower !== undefined && upper !== undefined && lower < 107 && upper >= 200, `${lower}, ${upper}`);
});

for (const [count, share] of [
  [1, 0.5],
  [5, 0.5],
  [250, 0.999],
] as const) {
  test(`${count} latencies are too few for p${100 * share}`, () => {
    const issued = Float64Array.from({ length: count }, (_, index) => (index * 7919) % 251);
    assert.equal(percentileInterval(issued, issued.toSorted(), share), undefined);
  });
}
