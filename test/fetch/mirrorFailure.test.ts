import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryAfterMs } from '../../fetch/mirrorFailure.js';

const NOW_MS = Date.UTC(2026, 0, 31, 12, 0, 0);

const CASES: readonly [string | undefined, number | undefined][] = [
  [undefined, undefined],
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7000],
  ['Sat, 31 Jan 2026 12:00:30 GMT', 30_000],
  ['Sat, 31 Jan 2026 11:00:00 GMT', 0],
  ['-1', undefined],
  ['1.5', undefined],
  ['', undefined],
  ['soon', undefined],
  ['2026', 2_026_000],
];

for (const [header, expected] of CASES) {
  test(`Retry-After: ${header} asks for ${expected} ms`, () => assert.equal(retryAfterMs(header, NOW_MS), expected));
}
