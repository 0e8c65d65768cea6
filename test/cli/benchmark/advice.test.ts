import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviceText } from '../../../cli/benchmark/advice.js';
import type { MeasuredTest } from '../../../reports/figures/measureTest.js';
import { measuredTest } from '../../reports/figures/measuredTest.js';

const TOO_SHORT = ['The minimum duration was not reached.'];

function singleStream(p50: number, invalidReasons: string[]): MeasuredTest {
  return measuredTest({ invalidReasons, figures: { p50 } });
}

function offline(pairsPerSecond: number, invalidReasons: string[]): MeasuredTest {
  return measuredTest({ scenario: 'Offline', invalidReasons, figures: { 'per second': pairsPerSecond } });
}

const CASES: readonly [string, readonly MeasuredTest[], readonly string[]][] = [
  ['a short SingleStream', [singleStream(458_712_345, TOO_SHORT)], ['*.SingleStream.target_latency = 458.7']],
  ['a short Offline', [offline(3.56512, TOO_SHORT)], ['*.Offline.target_qps = 3.922']],
  ['VALID tests', [singleStream(4e8, []), offline(3, [])], []],
  ['one that ended early', [singleStream(4e8, ['Ended early: Max test duration reached.', ...TOO_SHORT])], []],
  ['another reason', [singleStream(4e8, ['A system failed.'])], []],
  ['a system that computes nothing', [singleStream(90, TOO_SHORT), offline(1e7, TOO_SHORT)], []],
  ['a broken-off test', [measuredTest({ scenario: 'Offline', invalidReasons: TOO_SHORT })], []],
];

for (const [what, tests, settings] of CASES) {
  test(`${what} gets ${settings.length === 0 ? 'no advice' : 'a line for a user.conf'}`, () => {
    assert.deepEqual(adviceText(tests).split('\n  ').slice(1), settings);
    if (settings.length === 0) assert.equal(adviceText(tests), '');
  });
}
