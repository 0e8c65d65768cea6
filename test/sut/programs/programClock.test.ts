import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClockReading, clockLeadNs } from '../../../sut/programs/programClock.js';

const cases: readonly (readonly [kind: string, readings: readonly number[][], leadNs: number | undefined])[] = [
  ['the same clock', [[100, 150, 200]], 0],
  ['the same clock, at the begin of a reading', [[100, 100, 200]], 0],
  ['the same clock, at the end of a reading', [[100, 200, 200]], 0],
  ['one that is ahead', [[100, 1150, 200]], 1000],
  ['one that is behind', [[1100, 150, 1200]], -1000],
  [
    'one that is ahead: the narrowest readings count',
    [
      [100, 1150, 200],
      [300, 1320, 340],
    ],
    1000,
  ],
  [
    'one that stands still',
    [
      [100, 5, 110],
      [300, 5, 310],
    ],
    undefined,
  ],
  [
    'one that goes twice as fast',
    [
      [100, 1000, 110],
      [300, 1400, 310],
    ],
    undefined,
  ],
  ['no number', [[100, Number.NaN, 200]], undefined],
];
for (const [kind, readings, leadNs] of cases) {
  test(`${kind}: ${leadNs === undefined ? 'is no clock' : `${leadNs} ns ahead`}`, () => {
    const read = ([beforeNs = 0, programNs = 0, afterNs = 0]: number[]): ClockReading => ({
      beforeNs,
      programNs,
      afterNs,
    });
    assert.equal(clockLeadNs(readings.map(read)), leadNs);
  });
}

test('whatever a clock is ahead and a message takes, the lead is found within half of the shortest', () => {
  for (let trial = 0; trial < 500; trial++) {
    const lead = Math.round((Math.random() - 0.5) * 1e12);
    let nowNs = 1e9;
    const readings = Array.from({ length: 16 }, () => {
      const [there, back] = [1000 + Math.random() * 1e5, 1000 + Math.random() * 1e5];
      const beforeNs = nowNs;
      nowNs += there + back;
      return { beforeNs, programNs: beforeNs + there + lead, afterNs: nowNs };
    });
    const shortest = Math.min(...readings.map(({ beforeNs, afterNs }) => afterNs - beforeNs));
    const found = clockLeadNs(readings) ?? Number.NaN;
    assert.ok(Math.abs(found - lead) <= shortest, `${found} for ${lead}`);
  }
});
