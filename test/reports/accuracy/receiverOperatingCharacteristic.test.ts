import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type ReceiverOperatingCharacteristic,
  receiverOperatingCharacteristic,
} from '../../../reports/accuracy/receiverOperatingCharacteristic.js';
import { naiveThresholds, scoredPairs } from './scoredPairs.js';

type Pairs = readonly { angle: number; same: boolean }[];

/** Every pair of one person against every pair of two; and bisection along the curve for the equal error rate. */
function naive(pairs: Pairs): ReceiverOperatingCharacteristic {
  const same = pairs.filter((pair) => pair.same);
  const different = pairs.filter((pair) => !pair.same);
  let wins = 0;
  for (const one of same) {
    for (const other of different) wins += one.angle < other.angle ? 1 : one.angle === other.angle ? 0.5 : 0;
  }
  const rates = naiveThresholds(pairs).map((threshold) => ({
    acceptance: different.filter(({ angle }) => angle < threshold).length / different.length,
    rejection: same.filter(({ angle }) => angle >= threshold).length / same.length,
  }));
  const at = (position: number) => {
    const index = Math.min(Math.floor(position), rates.length - 2);
    const from = rates[index] ?? { acceptance: Number.NaN, rejection: Number.NaN };
    const to = rates[index + 1] ?? from;
    const mix = (a: number, b: number) => a + (position - index) * (b - a);
    return { acceptance: mix(from.acceptance, to.acceptance), rejection: mix(from.rejection, to.rejection) };
  };
  let low = 0;
  let high = rates.length - 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (at(middle).acceptance < at(middle).rejection) low = middle;
    else high = middle;
  }
  return { areaUnderCurve: wins / (same.length * different.length), equalErrorRate: at(high).acceptance };
}

test('agrees with the naive figures', () =>
  fc.assert(
    fc.property(scoredPairs, (some) => {
      const pairs = [...some, { angle: 0.3, same: true }, { angle: 0.25, same: false }];
      const found = receiverOperatingCharacteristic(pairs);
      assert.ok(found !== undefined);
      const expected = naive(pairs);
      assert.equal(found.areaUnderCurve, expected.areaUnderCurve);
      assert.ok(Math.abs(found.equalErrorRate - expected.equalErrorRate) < 1e-9, JSON.stringify([found, expected]));
    }),
    { numRuns: 500 },
  ));

for (const [name, pairs, areaUnderCurve, equalErrorRate] of [
  ['kinds apart', [pair(0.1, true), pair(0.2, false)], 1, 0],
  ['kinds the wrong way round', [pair(0.2, true), pair(0.1, false)], 0, 1],
  ['equal angles', [pair(0.2, true), pair(0.2, false)], 0.5, 0.5],
] as const) {
  test(`figures for ${name}`, () =>
    assert.deepEqual(receiverOperatingCharacteristic(pairs), { areaUnderCurve, equalErrorRate }));
}

test('there are no figures of pairs of one kind', () => {
  for (const same of [true, false]) assert.equal(receiverOperatingCharacteristic([pair(0.2, same)]), undefined);
});

function pair(angle: number, same: boolean) {
  return { angle, same };
}
