import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leftText, timeLeftMs } from '../../../cli/submitRun/runSteps.js';

const step = (ms: number | undefined) => ({ expectedMs: () => ms });

const LEFT: readonly [steps: readonly (number | undefined)[], share: number, leftMs: number][] = [
  [[], 0, 0],
  [[1000], 0, 1000],
  [[1000], 0.75, 250],
  [[1000, 500, 20], 0.5, 1020],
  [[undefined, 500], 0.5, 500],
  [[1000, undefined], 1, 0],
];
for (const [steps, share, leftMs] of LEFT) {
  test(`${leftMs} ms are left of ${steps.join(', ')} with ${share} of the first one done`, () => {
    assert.equal(timeLeftMs(steps.map(step), share), leftMs);
  });
}

const TEXTS: readonly [ms: number, text: string][] = [
  [0, '0 s left'],
  [1, '1 s left'],
  [59_000, '59 s left'],
  [59_001, '1 min left'],
  [61_000, '2 min left'],
  [3_540_000, '59 min left'],
  [3_600_000, '1 h 0 min left'],
  [4_000_000, '1 h 7 min left'],
];
for (const [ms, text] of TEXTS) {
  test(`${ms} ms: ${text}`, () => {
    assert.equal(leftText(ms), text);
  });
}
