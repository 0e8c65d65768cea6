import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ratioOfMeans } from '../../../../reports/compare/groups/ratioOfMeans.js';
import { randomNumbers } from '../../figures/randomNumbers.js';

test('the interval is the one that statistics packages give for the logarithms', () => {
  // SciPy: ttest_ind(log([10, 11, 12]), log([20, 24, 22, 21]), equal_var=False).confidence_interval(0.95), e to its power.
  const judged = ratioOfMeans([10, 11, 12], [20, 24, 22, 21], 0.95);
  assert.ok(judged !== undefined);
  assert.deepEqual(
    [judged.ratio, ...judged.interval].map((value) => Number(value.toFixed(4))),
    [0.5055, 0.4214, 0.6064],
  );
});

test('for normal logarithms, the interval misses the true ratio as often as it says', () => {
  const random = randomNumbers(1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const draws = 4000;
  let missed = 0;
  for (let draw = 0; draw < draws; draw++) {
    const [own, base] = [0.3, 0.1].map((spread) => Array.from({ length: 5 }, () => Math.exp(spread * normal())));
    const [lower = 0, upper = 0] = ratioOfMeans(own ?? [], base ?? [], 0.95)?.interval ?? [];
    if (lower > 1 || upper < 1) missed++;
  }
  // Five standard errors of a count of 5 %, and what Welch's approximation is off for.
  assert.ok(Math.abs(missed / draws - 0.05) < 0.02, `${missed} of ${draws}`);
});

for (const [what, values, base] of [
  ['one value', [1], [1, 2]],
  ['values without a spread', [1, 1], [2, 2]],
] as const) {
  test(`${what}: no interval`, () => assert.equal(ratioOfMeans(values, base, 0.95), undefined));
}
