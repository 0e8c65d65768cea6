import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MersenneTwister } from '../../../loadgen/random/mersenneTwister.js';
import { PILOT_COUNT, ratioInterval } from '../../../reports/duel/ratioInterval.js';
import { studentT } from '../../../reports/figures/ratioVerdict.js';

// From printed tables of Student's t distribution.
for (const [confidence, degreesOfFreedom, expected] of [
  [0.95, 1, 12.706],
  [0.95, 9, 2.262],
  [0.95, 11, 2.201],
  [0.95, 19, 2.093],
  [0.99, 11, 3.106],
  [0.99, 100, 2.626],
] as const) {
  test(`${degreesOfFreedom} degrees of freedom at ${confidence}: ${expected}`, () => {
    assert.equal(studentT(confidence, degreesOfFreedom).toFixed(3), expected.toFixed(3));
  });
}

test('the geometric mean of the ratios, in an interval that a table of t gives', () => {
  const logs = [0.9, 1.1, 0.9, 1.1, 0.9, 1.1].map(Math.log);
  const found = ratioInterval(logs, 0.95);
  // Each logarithm is half their distance from the mean; 2.571 is for 5 degrees of freedom.
  const margin = 2.571 * (Math.log(1.1 / 0.9) / 2 / Math.sqrt(5));
  assert.equal(found?.value.toFixed(6), Math.sqrt(0.99).toFixed(6));
  assert.ok(Math.abs(Math.log((found?.interval[1] ?? 0) / Math.sqrt(0.99)) - margin) < 1e-4);
});

for (const count of [0, 1, 4]) {
  test(`${count} ratios have no interval`, () => {
    assert.equal(ratioInterval(Array.from({ length: count }, Math.random), 0.95), undefined);
  });
}

/** Normal values by Box and Muller, with a seed. */
function normalValues(seed: number): () => number {
  const random = new MersenneTwister(seed);
  const uniform = () => (random.next() + 1) / 2 ** 32;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

for (const [name, spread] of [
  ['a little', 0.01],
  ['much', 0.1],
] as const) {
  test(`stopped as soon as it is narrow, it leaves the true ratio out in 5 % of cases at most, with ${name} noise`, () => {
    const normal = normalValues(1);
    const trials = 2000;
    let wrong = 0;
    for (let trial = 0; trial < trials; trial++) {
      const logs: number[] = [];
      let interval = ratioInterval(logs, 0.95);
      while (logs.length < PILOT_COUNT || (logs.length < 400 && (interval?.halfWidth ?? 1) > 0.02)) {
        logs.push(spread * normal());
        interval = ratioInterval(logs, 0.95);
      }
      const [lower, upper] = interval?.interval ?? [1, 1];
      if (lower > 1 || upper < 1) wrong++;
    }
    // Three standard errors above 5 %.
    assert.ok(wrong / trials < 0.0646, `${wrong} of ${trials}`);
    assert.ok(wrong > 0, 'an interval that is never wrong is too wide');
  });
}

test('noise that lasts for several observations leaves the true ratio out in 5 % of cases at most', () => {
  const normal = normalValues(2);
  const trials = 2000;
  let wrong = 0;
  for (let trial = 0; trial < trials; trial++) {
    let noise = 0;
    const logs = Array.from({ length: 240 }, () => {
      noise = 0.4 * noise + 0.01 * normal();
      return noise;
    });
    const [lower, upper] = ratioInterval(logs, 0.95)?.interval ?? [1, 1];
    if (lower > 1 || upper < 1) wrong++;
  }
  // Three standard errors above 5 %. Taken as independent, such observations would be wrong in more than 15 %.
  assert.ok(wrong / trials < 0.0646, `${wrong} of ${trials}`);
});
