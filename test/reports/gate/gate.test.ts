import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change, Difference } from '../../../reports/gate/change.js';
import { judgeGate } from '../../../reports/gate/gate.js';
import { type Gate, gateSchema } from '../../../reports/gate/gateSchema.js';
import { gateLines } from '../../../reports/gate/gateText.js';
import { junitXml } from '../../../reports/gate/junit.js';
import { parseThreshold } from '../../../reports/gate/threshold.js';
import { randomNumbers } from '../figures/randomNumbers.js';

const known = (lower: number, upper: number): Difference => ({
  kind: 'known',
  value: (lower + upper) / 2,
  interval: [lower, upper],
});
const speed = (ratio: Difference, figure = 'p90', scenario = 'SingleStream'): Change => ({
  ...{ scenario, figure, name: 'after', ratio },
});
const accuracy = (value: number, base: number): Change => ({
  ...speed(known(value / base, value / base), 'accuracy'),
  difference: known(value - base, value - base),
});
const unknown: Difference = { kind: 'unknown', value: 1.5, why: 'one run cannot tell' };

const judged = (threshold: string, ...changes: Change[]): Gate =>
  gateSchema.parse(judgeGate([parseThreshold(threshold)], changes));

const CASES: readonly [threshold: string, change: Change, outcome: string][] = [
  ['p90 > +5%', speed(known(1.06, 1.1)), 'exceeded'],
  ['p90 > +5%', speed(known(1.04, 1.1)), 'not shown'],
  ['p90 > +5%', speed(known(1.01, 1.04)), 'kept'],
  ['p90 > +5%', speed(known(0.8, 0.9)), 'kept'],
  ['p90 > +5%', speed(known(1.05, 1.05)), 'kept'],
  ['p90 < -5%', speed(known(0.8, 0.9)), 'exceeded'],
  ['p90 < -5%', speed(known(0.9, 0.96)), 'not shown'],
  ['p90 < -5%', speed(known(0.96, 1.2)), 'kept'],
  ['p90 > -5%', speed(known(0.96, 0.99)), 'exceeded'],
  ['p90 > +5%', speed(unknown), 'cannot tell'],
  ['accuracy < -0.5', accuracy(0.9717, 0.9767), 'kept'],
  ['accuracy < -0.5', accuracy(0.9716, 0.9767), 'exceeded'],
  ['accuracy < -0.5', accuracy(0.98, 0.97), 'kept'],
  ['accuracy < -50%', accuracy(0.4, 0.9), 'exceeded'],
  ['accuracy < -50%', accuracy(0.5, 0.9), 'kept'],
];
for (const [threshold, change, outcome] of CASES) {
  const [lower, upper] = change.ratio.kind === 'known' ? change.ratio.interval : [];
  test(`${threshold} with a ratio from ${lower} to ${upper}: ${outcome}`, () => {
    const gate = judged(threshold, change);
    assert.deepEqual([gate.results[0]?.outcome, gate.failed], [outcome, outcome === 'exceeded']);
  });
}

test('a random interval exceeds a limit exactly if each of its points does', () => {
  const random = randomNumbers(5);
  for (let trial = 0; trial < 2000; trial++) {
    const ends = [0.5 + random(), 0.5 + random()].sort((a, b) => a - b);
    const [lower = 1, upper = 1] = ends;
    const limit = Math.round(100 * (random() - 0.5));
    const sign = random() < 0.5 ? '>' : '<';
    const isBeyond = (ratio: number) => (sign === '>' ? ratio > 1 + limit / 100 : ratio < 1 + limit / 100);
    const points = Array.from({ length: 21 }, (_, index) => lower + ((upper - lower) * index) / 20);
    const expected = points.every(isBeyond) ? 'exceeded' : isBeyond(lower) || isBeyond(upper) ? 'not shown' : 'kept';
    assert.equal(judged(`p90 ${sign} ${limit}%`, speed(known(lower, upper))).results[0]?.outcome, expected);
  }
});

test('a threshold without a scenario is for each that has the figure', () => {
  const changes = [
    speed(known(1, 1)),
    speed(known(2, 2), 'p90', 'Server'),
    speed(known(1, 1), 'per second', 'Offline'),
  ];
  assert.deepEqual(
    judged('p90 > 5%', ...changes).results.map(({ scenario, outcome }) => [scenario, outcome]),
    [
      ['SingleStream', 'kept'],
      ['Server', 'exceeded'],
    ],
  );
});

const NAMES_NOTHING: readonly [threshold: string, message: RegExp][] = [
  ['p95 > 5%', /^--fail-if "p95 > 5%": found no such figure; there is SingleStream \(p90, accuracy\)$/],
  ['Offline p90 > 5%', /found no Offline; there is SingleStream/],
];
for (const [threshold, message] of NAMES_NOTHING) {
  test(`${threshold} is refused with what there is`, () => {
    assert.throws(() => judged(threshold, speed(known(1, 1)), accuracy(1, 1)), { code: 'COMPARE_THRESHOLD', message });
  });
}

test('each result is a line, and a test case in JUnit XML', () => {
  const changes = [
    { ...speed(known(1.1, 1.2)), name: 'a<b> & "c"' },
    { ...speed(unknown), scenario: 'Server' },
    { ...speed(known(1, 1.02)), scenario: 'MultiStream' },
  ];
  const gate = judged('p90 > 5%', ...changes);
  assert.deepEqual(gateLines(gate), [
    'FAILED: p90 > 5%: SingleStream p90 of a<b> & "c" changed by +15 % (+10 to +20 %)',
    'passed: cannot tell: p90 > 5%: Server p90 of after changed by +50 %; one run cannot tell',
    'passed: p90 > 5%: MultiStream p90 of after changed by +1 % (+0 to +2 %)',
  ]);
  const xml = junitXml(gate);
  assert.match(
    xml,
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites tests="3" failures="1" errors="0" skipped="1">/,
  );
  assert.match(xml, /<failure type="threshold" message="SingleStream p90 of a&lt;b&gt; &amp; &quot;c&quot; changed/);
  assert.equal(xml.match(/<testcase /g)?.length, 3);
});
