import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCapped } from '../../../platform/browser/frameCap.js';

/** Times of 61 frames, whose intervals come again and again. */
function frames(...intervalsMs: readonly number[]): number[] {
  let timeMs = 1000;
  return Array.from({ length: 61 }, (_, index) => {
    timeMs += intervalsMs[index % intervalsMs.length] ?? 0;
    return timeMs;
  });
}

const CASES: readonly [what: string, times: number[], isSaving: boolean][] = [
  ['30 frames a second', frames(33.3), true],
  ['the same on a busy page that leaves some out', frames(33.3, 33.4, 33.3, 33.3, 66.6), true],
  ['60 frames a second', frames(16.7), false],
  ['120 frames a second', frames(8.3), false],
  ['60 on a busy page', frames(16.7, 33.3, 33.3, 33.3, 50), false],
  ['a page so busy that frames come when they can', frames(40, 55, 38, 90), false],
  ['no frame', [], false],
];

for (const [what, times, isSaving] of CASES) {
  test(`${what}: ${isSaving ? 'a battery saver' : 'none'}`, () => assert.equal(isCapped(times), isSaving));
}
