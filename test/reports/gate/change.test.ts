import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRuns } from '../../../reports/compare/compareRuns.js';
import { compareGroups } from '../../../reports/compare/groups/compareGroups.js';
import { judgeDuel } from '../../../reports/duel/judgeDuel.js';
import { type Change, changesOfDuel, changesOfGroups, changesOfRuns } from '../../../reports/gate/change.js';
import { aDuel, aPhase } from '../duel/aDuel.js';
import { groupOf, runOf } from '../figures/runFolders.js';

function ratioOf(changes: readonly Change[], figure: string) {
  return changes.find((change) => change.figure === figure)?.ratio;
}

const INVALID = { result_validity: '"INVALID"' };
const RUNS: readonly [what: string, run: () => string, why: string][] = [
  ['another run', () => runOf(2e6, 2), 'one run cannot tell'],
  ['an INVALID run', () => runOf(2e6, 2, INVALID), 'a test is INVALID'],
];
for (const [what, run, why] of RUNS) {
  test(`the change to ${what} cannot be told: ${why}`, async () => {
    const ratio = ratioOf(changesOfRuns(await compareRuns([runOf(1e6, 1), run()])), 'p50');
    assert.ok(ratio?.kind === 'unknown' && ratio.value !== null && Math.abs(ratio.value - 2) < 0.3);
    assert.equal(ratio.why, why);
  });
}

test('only figures that can get a verdict have changes', async () => {
  const changes = changesOfGroups(await compareGroups(groupOf(1e6, 1), groupOf(2e6, 100)));
  assert.deepEqual(
    changes.map(({ figure }) => figure),
    ['p50', 'p90', 'p99'],
  );
});

test('groups of one run cannot tell, and groups of INVALID runs have nothing', async () => {
  const one = changesOfGroups(await compareGroups(groupOf(1e6, 1), groupOf(2e6, 100, 1)));
  assert.deepEqual(ratioOf(one, 'p50')?.kind, 'unknown');
  const invalid = [1, 2].map((seed) => runOf(2e6, seed, INVALID));
  const none = ratioOf(changesOfGroups(await compareGroups(groupOf(1e6, 1), invalid)), 'p50');
  assert.ok(none?.kind === 'unknown');
  assert.equal(none.why, 'no VALID run of a group has it');
});

test('a contestant of a duel has its speeds and its accuracy, or why it left', () => {
  const phase = aPhase('SingleStream', [1e7, 2e7, 1e7]);
  for (const round of phase.rounds.slice(5)) round.latenciesNs[2] = null;
  const duel = aDuel([phase], [null, null, 'it failed (SUT_FAILED)']);
  const [, second] = duel.contestants;
  if (second !== undefined) second.accuracy = { correct: 49, pairs: 60 };
  const changes = changesOfDuel(judgeDuel(duel));
  const of = (name: string) => changes.filter((change) => change.name === name);
  assert.ok(ratioOf(of('system-2'), 'p50')?.kind === 'known');
  const share = of('system-2').find(({ figure }) => figure === 'accuracy')?.difference;
  assert.ok(share?.kind === 'known' && Math.abs(share.value + 0.1) < 1e-9);
  const left = ratioOf(of('system-3'), 'p50');
  assert.ok(left?.kind === 'unknown' && left.why === 'it left: it failed (SUT_FAILED)');
});
