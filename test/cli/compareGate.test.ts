import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { comparisonSchema } from '../../reports/compare/comparison.js';
import { groupComparisonSchema } from '../../reports/compare/groups/groupComparison.js';
import { duelResultSchema } from '../../reports/duel/duelResult.js';
import { writeDuelJson } from '../../runs/duelJson.js';
import { aDuel, aPhase } from '../reports/duel/aDuel.js';
import { groupOf, newFolder, runOf } from '../reports/figures/runFolders.js';
import { loadgen } from './loadgenHere.js';

const SLOWER = 'SingleStream p90 > +5%';

const fast = groupOf(1e6, 1);
const slow = groupOf(1.3e6, 100);
const duel = newFolder();
writeDuelJson(duel, aDuel([aPhase('SingleStream', [1e7, 2e7])]));

interface Case {
  readonly what: string;
  readonly args: readonly string[];
  readonly failIf: string;
  readonly exitCode: number;
  readonly line: RegExp;
}

const CASES: readonly Case[] = [
  {
    what: 'groups that differ',
    args: [...fast, '--against', ...slow],
    failIf: SLOWER,
    exitCode: 4,
    line: /^FAILED: SingleStream p90 > \+5%: SingleStream p90 of run-\S+ and others changed by \+\d\d\.\d+ % \(\+\d+/,
  },
  {
    what: 'groups that differ the other way',
    args: [...slow, '--against', ...fast],
    failIf: SLOWER,
    exitCode: 0,
    line: /^passed: Single.* changed by -2\d/,
  },
  {
    what: 'equal groups',
    args: [...fast, '--against', ...groupOf(1e6, 200)],
    failIf: 'p50 > +20%',
    exitCode: 0,
    line: /^passed: p50 > \+20%:/,
  },
  {
    what: 'one run of each',
    args: [runOf(1e6, 1), runOf(2e6, 2)],
    failIf: SLOWER,
    exitCode: 0,
    line: /^passed: cannot tell: .*; one run cannot tell$/m,
  },
  {
    what: 'a duel',
    args: [duel],
    failIf: SLOWER,
    exitCode: 4,
    line: /^FAILED: SingleStream p90 > \+5%: SingleStream p90 of .* changed by \+(99|100)/,
  },
];
for (const { what, args, failIf, exitCode, line } of CASES) {
  test(`${what}: --fail-if '${failIf}' ends with ${exitCode}`, async () => {
    const ended = await loadgen(['compare', ...args, '--fail-if', failIf]);
    assert.equal(ended.exitCode, exitCode, ended.stderr);
    assert.match(ended.stderr, line);
  });
}

for (const [what, args, schema] of [
  ['runs', [runOf(1e6, 1), runOf(1e6, 2)], comparisonSchema],
  ['groups', [...fast, '--against', ...slow], groupComparisonSchema],
  ['a duel', [duel], duelResultSchema],
] as const) {
  test(`the JSON of ${what} has what was decided`, async () => {
    const { stdout } = await loadgen(['compare', ...args, '--json', '--fail-if', SLOWER, 'p50 < -90%']);
    assert.equal(schema.parse(JSON.parse(stdout)).gate?.results.length, 2);
  });

  test(`the Markdown of ${what} begins with what was decided, and has tables`, async () => {
    const { stdout } = await loadgen(['compare', ...args, '--markdown', '--fail-if', SLOWER]);
    assert.match(stdout, /^- (FAILED|passed: cannot tell): SingleStream p90 \\> \+5%: /);
    assert.match(
      stdout,
      /^\| SingleStream +\| +\| +Value \| +Ratio \| Verdict +\|\n\| :-+ \| :-+ \| -+: \| -+: \| :-+ \|$/m,
    );
    assert.match(stdout, /^\| p50 +\| `\S.*` +\|/m);
  });
}

for (const [what, args, title] of [
  ['groups', [...fast, '--against', ...slow], /<title>run-\S+ and others against run-\S+ and others<\/title>/],
  ['a duel', [duel], /<title>Duel: system-1 and system-2<\/title>/],
] as const) {
  test(`--html writes a page about ${what}`, async () => {
    const file = join(newFolder(), 'page.html');
    const { exitCode, stderr } = await loadgen(['compare', ...args, '--html', file]);
    assert.equal(exitCode, 0, stderr);
    assert.match(readFileSync(file, 'utf8'), title);
  });
}

test('report writes a page into the folder of a duel', async () => {
  const { exitCode, stdout } = await loadgen(['report', duel]);
  const file = join(duel, 'report.html');
  assert.deepEqual([exitCode, stdout], [0, `${file}\n`]);
  assert.match(readFileSync(file, 'utf8'), /<b>SingleStream: system-2 is .* times as slow \(p50\) as system-1\.<\/b>/);
});

test('--junit writes what was decided, and the exit code stays', async () => {
  const file = join(newFolder(), 'gate.xml');
  const { exitCode } = await loadgen(['compare', ...fast, '--against', ...slow, '--fail-if', SLOWER, '--junit', file]);
  assert.equal(exitCode, 4);
  assert.match(readFileSync(file, 'utf8'), /<testsuites tests="1" failures="1" /);
});

const REFUSED: readonly [what: string, args: readonly string[], message: RegExp][] = [
  ['a threshold that cannot be read', ['--fail-if', 'p90 5%'], /COMPARE_THRESHOLD: --fail-if: found "p90 5%"/],
  ['a figure that is not compared', ['--fail-if', 'mean > 5%'], /found no such figure; there is SingleStream \(/],
  ['--junit without a threshold', ['--junit', 'x.xml'], /^--junit is for what --fail-if decides/],
  ['groups as CSV', ['--against', runOf(1e6, 3), '--csv', 'x.csv'], /^--against excludes --csv/],
  ['two ways to print', ['--json', '--markdown'], /^--json and --markdown exclude each other: both print/],
  ['a threshold without a value', ['--fail-if'], /^--fail-if: found no value/],
];
for (const [what, args, message] of REFUSED) {
  test(`${what} is refused with exit code 2`, async () => {
    const ended = await loadgen(['compare', runOf(1e6, 1), runOf(1e6, 2), ...args]);
    assert.equal(ended.exitCode, 2);
    assert.match(ended.stderr, message);
  });
}
