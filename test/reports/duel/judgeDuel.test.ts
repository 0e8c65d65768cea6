import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duelResultSchema } from '../../../reports/duel/duelResult.js';
import { duelTable } from '../../../reports/duel/duelTable.js';
import { isPrecise, judgeDuel } from '../../../reports/duel/judgeDuel.js';
import { aDuel, aPhase } from './aDuel.js';

for (const [name, scenario, latenciesNs, verdict, ratio] of [
  ['half the latency', 'SingleStream', [2e7, 1e7], 'faster', 0.5],
  ['twice the latency', 'SingleStream', [1e7, 2e7], 'slower', 2],
  ['the same latency', 'SingleStream', [1e7, 1e7], 'no difference shown', 1],
  ['half the time for the query', 'Offline', [2e7, 1e7], 'faster', 2],
  ['twice the time for the query', 'Offline', [1e7, 2e7], 'slower', 0.5],
] as const) {
  test(`${scenario}, ${name}: ${verdict}`, () => {
    const [judged] = judgeDuel(aDuel([aPhase(scenario, latenciesNs)])).scenarios;
    const values = judged?.figures[0]?.values;
    assert.equal(values?.[0]?.verdict, 'baseline');
    assert.equal(values?.[1]?.verdict, verdict);
    assert.ok(Math.abs((values?.[1]?.ratio ?? 0) / ratio - 1) < 0.01);
  });
}

test('percentiles are of as many queries as can tell them', () => {
  const figuresOf = (samplesPerRound: number) =>
    judgeDuel(aDuel([aPhase('SingleStream', [1e7, 1e7], { samplesPerRound })])).scenarios[0]?.figures.map(
      ({ name, values }) => [name, values[1] !== null],
    );
  assert.deepEqual(figuresOf(3), [
    ['p50', true],
    ['p90', true],
  ]);
  assert.deepEqual(figuresOf(200), [
    ['p50', true],
    ['p90', true],
    ['p99', true],
  ]);
});

test('the ratios are to the first contestant that stayed', () => {
  const phase = aPhase('SingleStream', [1e7, 1e7, 2e7]);
  for (const round of phase.rounds.slice(5)) round.latenciesNs[0] = null;
  const result = judgeDuel(aDuel([phase], ['it failed (SUT_FAILED)', null, null]));
  assert.equal(result.baseline, 1);
  const values = result.scenarios[0]?.figures[0]?.values;
  assert.deepEqual(
    values?.map((value) => value?.verdict ?? null),
    [null, 'baseline', 'slower'],
  );
});

for (const rounds of [1, 4]) {
  test(`${rounds} rounds have a ratio, but no interval, and are too few for a verdict`, () => {
    const [judged] = judgeDuel(aDuel([aPhase('Offline', [2e7, 1e7], { rounds })])).scenarios;
    const value = judged?.figures[0]?.values[1];
    assert.ok(value != null && value.ratio > 1.5 && value.ratio < 2.5);
    assert.equal(value.interval, null);
    assert.equal(value.verdict, 'too few rounds');
  });
}

test('fewer rounds than the pilot are never precise', () => {
  const figures = (rounds: number) =>
    judgeDuel(aDuel([aPhase('Offline', [1e7, 1e7], { rounds })])).scenarios[0]?.figures ?? [];
  assert.equal(isPrecise(figures(11)), false);
  assert.equal(isPrecise(figures(40)), true);
  assert.equal(isPrecise([]), false);
});

test('the result keeps its schema, and the table 80 columns', () => {
  const result = judgeDuel(aDuel([aPhase('SingleStream', [2e7, 1e7]), aPhase('Offline', [1e7, 1e7])]));
  assert.deepEqual(duelResultSchema.parse(JSON.parse(JSON.stringify(result))), result);
  const table = duelTable(result, { color: false });
  assert.ok(table.split('\n').every((line) => line.length <= 80));
  assert.match(table, /system-2 is 1\.9[89]\d to 2\.0\d\d times as fast \(p50\) as\s+system-1/);
  assert.match(table, /Offline: system-2 shows no difference \(per second\), up to \d\.\d+ %, from\s+system-1/);
});
