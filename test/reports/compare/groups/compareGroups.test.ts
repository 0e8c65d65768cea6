import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareGroups } from '../../../../reports/compare/groups/compareGroups.js';
import { groupComparisonSchema } from '../../../../reports/compare/groups/groupComparison.js';
import { groupTable } from '../../../../reports/compare/groups/groupTable.js';
import { spreadTable } from '../../../../reports/compare/groups/spreadTable.js';
import { readRun } from '../../../../reports/figures/measureRun.js';
import { groupOf, offline, runOf, writeTest } from '../../figures/runFolders.js';

async function judged(base: readonly string[], others: readonly string[], figure = 'p50') {
  const comparison = await compareGroups(base, others);
  groupComparisonSchema.parse(comparison);
  return comparison.scenarios[0]?.figures.find(({ name }) => name === figure);
}

const VERDICTS: readonly [what: string, ratio: number, verdict: string][] = [
  ['the same system', 1, 'no difference shown'],
  ['a faster one', 0.8, 'faster'],
  ['a slower one', 1.25, 'slower'],
];
for (const [what, ratio, verdict] of VERDICTS) {
  test(`five runs against five of ${what}`, async () => {
    const figure = await judged(groupOf(1e6, 1), groupOf(ratio * 1e6, 100));
    assert.equal(figure?.verdict, verdict);
    const [lower = 0, upper = 0] = figure?.interval ?? [];
    assert.ok(lower < ratio && ratio < upper, `${lower} ${upper}`);
  });
}

test('one run in a group has a ratio and no verdict', async () => {
  const figure = await judged(groupOf(1e6, 1), groupOf(0.5e6, 100, 1));
  assert.ok(figure?.ratio !== null && figure?.ratio !== undefined && Math.abs(figure.ratio - 0.5) < 0.05);
  assert.deepEqual([figure.interval, figure.verdict], [null, null]);
});

test('INVALID tests are not counted, and are named once for all runs', async () => {
  const invalid = [7, 8].map((seed) => runOf(3e6, seed, { result_validity: '"INVALID"' }));
  const base = groupOf(1e6, 1, 3);
  const { scenarios, warnings } = await compareGroups(base, [...groupOf(1e6, 100, 3), ...invalid]);
  assert.equal(scenarios[0]?.figures[0]?.groups[1]?.runs, 3);
  assert.deepEqual(
    warnings.map(({ group, runs, code }) => [group, runs, code]),
    [[1, 2, 'INVALID']],
  );
});

const REFUSED: readonly [what: string, groups: () => [string[], string[]], message: RegExp][] = [
  [
    'groups that share a run',
    () => {
      const shared = runOf(1e6, 1);
      return [[shared, runOf(1e6, 2)], [shared]];
    },
    /^found .* twice; expected each run once/,
  ],
  [
    'groups without a common scenario',
    () => {
      const completedNs = Float64Array.from({ length: 100 }, (_, index) => 1e6 * (index + 1));
      return [[runOf(1e6, 1)], [writeTest(offline(completedNs), completedNs)]];
    },
    /found SingleStream in the first, Offline in the one behind --against$/,
  ],
];
for (const [what, groups, message] of REFUSED) {
  test(`${what} are refused`, async () => {
    await assert.rejects(compareGroups(...groups()), { code: 'COMPARE_GROUPS', exitCode: 2, message });
  });
}

test('the table is 80 columns wide, and has each group of each figure', async () => {
  const table = groupTable(await compareGroups(groupOf(1e6, 1), groupOf(0.8e6, 100)), { color: false });
  assert.deepEqual(
    table.split('\n').filter((line) => line.length > 80),
    [],
  );
  assert.match(table, /│ p50 +│ 1 │ +[\d.]+ [µm]s │.*│ +│ +│$/m);
  assert.match(table, /│ +│ 2 │ +[\d.]+ [µm]s │.*│ +0\.[78]\d+ │ faster +│$/m);
});

test('the spread of repeated runs is a table, in which a warning of several runs stands once and without a group', async () => {
  const folders = groupOf(1e6, 1, 3).concat(runOf(1e6, 9, { result_validity: '"INVALID"' }));
  const measured = await Promise.all(folders.map((folder) => readRun(folder)));
  const table = spreadTable(measured, { color: false });
  assert.deepEqual(
    table.split('\n').filter((line) => line.length > 80),
    [],
  );
  assert.match(table, /^│ p50 +│ +[\d.]+ [µm]s │ +[\d.]+[^│]*–[^│]*[µm]s │ +3 of 4 │$/m);
  assert.match(table, /^│ {3}│ INVALID SingleStream: /m);
  assert.equal(table.match(/INVALID SingleStream/g)?.length, 1);
});
