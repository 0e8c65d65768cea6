import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseThreshold } from '../../../reports/gate/threshold.js';

type Expected = readonly [
  scenario: string | undefined,
  figure: string,
  isExceeded: string,
  kind: string,
  value: number,
];

const READ: readonly [text: string, expected: Expected][] = [
  ['SingleStream p90 > +5%', ['SingleStream', 'p90', 'above', 'share', 0.05]],
  ['  SingleStream   p90>5 %  ', ['SingleStream', 'p90', 'above', 'share', 0.05]],
  ['Offline per second < -2.5%', ['Offline', 'per second', 'below', 'share', -0.025]],
  ['p99 > 0%', [undefined, 'p99', 'above', 'share', 0]],
  ['accuracy < -0.5', [undefined, 'accuracy', 'below', 'points', -0.005]],
  ['Server accuracy < -1%', ['Server', 'accuracy', 'below', 'share', -0.01]],
];
for (const [text, [scenario, figure, isExceeded, kind, value]] of READ) {
  test(`"${text}" is read`, () => {
    assert.deepEqual(parseThreshold(text), {
      ...{ text: text.trim(), scenario, figure, isExceeded },
      limit: { kind, value },
    });
  });
}

const REFUSED: readonly [text: string, message: RegExp][] = [
  ['', /found "", expected \[SCENARIO\]/],
  ['p90', /found "p90", expected \[SCENARIO\]/],
  ['p90 = 5%', /expected \[SCENARIO\] FIGURE/],
  ['> 5%', /expected \[SCENARIO\] FIGURE/],
  ['p90 > five%', /expected \[SCENARIO\] FIGURE/],
  ['p90 > 5', /expected a percent sign/],
  ['p90 > 1e3%', /expected \[SCENARIO\] FIGURE/],
  ['p90 > 10000000%', /expected a number up to/],
  [`p90 > ${'9'.repeat(400)}%`, /expected a number up to/],
  ['p90\u0007 > x', /found "p90\\u\{7\} > x"/],
];
for (const [text, message] of REFUSED) {
  test(`"${text.slice(0, 20)}" is refused`, () => {
    assert.throws(() => parseThreshold(text), { code: 'COMPARE_THRESHOLD', exitCode: 2, message, hint: /examples/ });
  });
}
