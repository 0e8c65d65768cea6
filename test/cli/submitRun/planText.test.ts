import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepTime } from '../../../cli/submitRun/plannedSteps.js';
import { leftText, timeLeft, timeText } from '../../../cli/submitRun/planText.js';

const known = (ms: number): StepTime => ({ ms, isLeast: false });
const least = (ms: number): StepTime => ({ ms, isLeast: true });

const LEFT: readonly [steps: readonly StepTime[], share: number, left: StepTime][] = [
  [[], 0, known(0)],
  [[known(1000)], 0, known(1000)],
  [[known(1000)], 0.75, known(250)],
  [[known(1000), known(500), known(20)], 0.5, known(1020)],
  [[least(0), known(500)], 0.5, least(500)],
  [[known(1000), least(600)], 1, least(600)],
];
for (const [steps, share, left] of LEFT) {
  test(`${JSON.stringify(left)} is left of ${JSON.stringify(steps)} with ${share} of the first one done`, () => {
    const planned = steps.map((time) => ({ expectedTime: () => time }));
    assert.deepEqual(timeLeft(planned, share), left);
  });
}

const TEXTS: readonly [time: StepTime, text: string][] = [
  [known(0), '0 s'],
  [known(1), '1 s'],
  [known(59_000), '59 s'],
  [known(59_001), '1 min'],
  [known(61_000), '2 min'],
  [known(3_540_000), '59 min'],
  [known(3_600_000), '1 h 0 min'],
  [known(4_000_000), '1 h 7 min'],
  [least(0), 'not known yet'],
  [least(119_999), '1 min or more'],
  [least(4_000_000), '1 h 6 min or more'],
];
for (const [time, text] of TEXTS) {
  test(`${JSON.stringify(time)}: ${text}`, () => assert.equal(timeText(time), text));
}

test('time that is left is said as such', () => {
  assert.equal(leftText(known(61_000)), '2 min left of all');
  assert.equal(leftText(least(61_000)), '1 min or more left of all');
  assert.equal(leftText(least(0)), 'time left of all not known yet');
});
