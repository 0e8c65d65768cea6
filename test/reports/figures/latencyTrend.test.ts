import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latencyTrend } from '../../../reports/figures/latencyTrend.js';
import { randomNumbers } from './randomNumbers.js';

/** Latencies of about a millisecond, with noise of 20 %, times what `course` says of each share of the run. */
function latencies(count: number, course: (share: number) => number, seed = 1): Float64Array {
  const random = randomNumbers(seed);
  return Float64Array.from({ length: count }, (_, index) => 1e6 * (0.9 + 0.2 * random()) * course(index / count));
}

const TRENDS: readonly [
  what: string,
  count: number,
  course: (share: number) => number,
  expected: number | undefined,
][] = [
  ['a steady run', 1000, () => 1, undefined],
  ['one that becomes half as fast', 1000, (share) => 1 + share, 1.67],
  ['one that becomes faster', 1000, (share) => 1 - 0.5 * share, 0.6],
  ['a change that does not matter', 1000, (share) => 1 + 0.08 * share, undefined],
  ['one slow stretch in the middle', 1000, (share) => (share > 0.4 && share < 0.6 ? 3 : 1), undefined],
  ['too few queries', 199, (share) => 1 + share, undefined],
  ['none', 0, () => 1, undefined],
];
for (const [what, count, course, expected] of TRENDS) {
  test(`${what}: ${expected ?? 'no trend'}`, () => {
    const trend = latencyTrend(latencies(count, course));
    if (expected === undefined) assert.equal(trend, undefined);
    else assert.ok(trend !== undefined && Math.abs(trend - expected) < 0.08, `${trend}`);
  });
}

test('runs of wild and independent latencies hardly ever have a trend', () => {
  const random = randomNumbers(3);
  const wild = () => Float64Array.from({ length: 200 }, () => 1e6 * (1 + 9 * random()));
  const found = Array.from({ length: 1000 }, () => latencyTrend(wild())).filter((trend) => trend !== undefined);
  // One in a thousand is expected; eight or more would come about once in a million times.
  assert.ok(found.length < 8, `${found.length}`);
});
