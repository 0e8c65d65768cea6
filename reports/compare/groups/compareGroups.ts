import { basename, resolve } from 'node:path';
import { LoadGenError } from '../../../base/errors.js';
import { type MeasuredRun, readRun } from '../../figures/measureRun.js';
import { CONFIDENCE } from '../../figures/percentileInterval.js';
import { confidenceOfEach, JUDGED_SPEEDS, ratioVerdict } from '../../figures/ratioVerdict.js';
import type { FigureUnit } from '../../figures/runRecord.js';
import { compareMeasuredRuns } from '../compareRuns.js';
import type { Comparison } from '../comparison.js';
import { type GroupComparison, type GroupFigure, groupWarnings } from './groupComparison.js';
import { countedValues, groupValue, numbersIn } from './groupSpread.js';
import { ratioOfMeans } from './ratioOfMeans.js';

/**
 * Compares several runs of one system with several of another by what differs between runs, which no single run knows.
 *
 * @throws COMPARE_GROUPS if the groups share a run, or no scenario
 * @throws REPORT_*, RUN_JSON if a folder, a log or run.json cannot be read
 */
export async function compareGroups(base: readonly string[], others: readonly string[]): Promise<GroupComparison> {
  checkDistinct(base, others);
  const measured: MeasuredRun[] = [];
  // One after another, so that memory holds the latencies of one test.
  for (const folder of [...base, ...others]) measured.push(await readRun(folder));
  return compareMeasuredGroups(measured.slice(0, base.length), measured.slice(base.length));
}

/** @throws COMPARE_GROUPS if the groups share no scenario */
export function compareMeasuredGroups(base: readonly MeasuredRun[], others: readonly MeasuredRun[]): GroupComparison {
  const measured = [...base, ...others];
  const comparison = compareMeasuredRuns(measured);
  const shared = comparison.scenarios.filter(({ scenario }) =>
    [base, others].every((group) => hasScenario(group, scenario)),
  );
  if (shared.length === 0) throw noSharedScenario(base, others);
  const confidence = confidenceOfEach(countVerdicts(shared));
  const [baseName, otherName] = groupNames(foldersOf(base), foldersOf(others));
  return {
    version: 1,
    confidence: CONFIDENCE,
    groups: [
      { name: baseName, runs: comparison.runs.slice(0, base.length) },
      { name: otherName, runs: comparison.runs.slice(base.length) },
    ],
    scenarios: shared.map(({ scenario, figures }) => ({
      scenario,
      figures: figures.map((figure) => {
        const counted = countedValues(measured, scenario, figure);
        const [own, baseline] = [numbersIn(counted.slice(base.length)), numbersIn(counted.slice(0, base.length))];
        return groupFigure(figure, own, baseline, confidence);
      }),
    })),
    warnings: groupWarnings(comparison.warnings, base.length),
  };
}

function groupFigure(
  { name, unit }: { readonly name: string; readonly unit: FigureUnit },
  own: readonly number[],
  base: readonly number[],
  confidence: number,
): GroupFigure {
  const groups: GroupFigure['groups'] = [groupValue(base), groupValue(own)];
  const ratio = groups[0] === null || groups[1] === null ? null : groups[1].value / groups[0].value;
  if (unit === 'correct share') return { name, unit, groups, ratio, interval: null, verdict: accuracyVerdict(groups) };
  const judged = JUDGED_SPEEDS.has(name) ? ratioOfMeans(own, base, confidence) : undefined;
  if (judged === undefined) return { name, unit, groups, ratio, interval: null, verdict: null };
  const { interval } = judged;
  return { name, unit, groups, ratio: judged.ratio, interval: [...interval], verdict: ratioVerdict(interval, unit) };
}

/** The same system decides the same pairs alike in every run: groups that do not overlap differ. */
function accuracyVerdict([base, own]: GroupFigure['groups']): GroupFigure['verdict'] {
  if (base === null || own === null) return null;
  if (own.lowest > base.highest) return 'higher';
  return own.highest < base.lowest ? 'lower' : 'no difference shown';
}

function countVerdicts(scenarios: Comparison['scenarios']): number {
  return scenarios.flatMap(({ figures }) => figures.filter(({ name }) => JUDGED_SPEEDS.has(name))).length;
}

function hasScenario(runs: readonly MeasuredRun[], scenario: string): boolean {
  return runs.some(({ tests }) => tests.some(({ test }) => test.scenario === scenario));
}

function foldersOf(runs: readonly MeasuredRun[]): string[] {
  return runs.map(({ run }) => run.folder);
}

function groupNames(base: readonly string[], others: readonly string[]): [string, string] {
  const [ofBase, ofOthers] = [commonName(base), commonName(others)];
  if (ofBase === ofOthers) return [firstName(base), firstName(others)];
  return [ofBase ?? firstName(base), ofOthers ?? firstName(others)];
}

function firstName([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? basename(resolve(first)) : `${basename(resolve(first))} and others`;
}

/** What the folders' names begin with, such as `before` for before-1 and before-2. */
function commonName(folders: readonly string[]): string | undefined {
  const [first = '', ...others] = folders.map((folder) => basename(resolve(folder)));
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return (others.length === 0 ? first : first.slice(0, length).replace(/[-_.]+$/, '')) || undefined;
}

function checkDistinct(base: readonly string[], others: readonly string[]): void {
  const folders = [...base, ...others].map((folder) => resolve(folder));
  const twice = folders.find((folder, index) => folders.indexOf(folder) !== index);
  if (twice === undefined) return;
  throw new LoadGenError('COMPARE_GROUPS', `found ${twice} twice; expected each run once, in one of the groups`);
}

function noSharedScenario(base: readonly MeasuredRun[], others: readonly MeasuredRun[]): LoadGenError {
  const [inBase, inOthers] = [base, others].map((runs) =>
    [...new Set(runs.flatMap(({ tests }) => tests.map(({ test }) => test.scenario)))].join(', '),
  );
  return new LoadGenError(
    'COMPARE_GROUPS',
    `the groups have no scenario in common: found ${inBase} in the first, ${inOthers} in the one behind --against`,
  );
}
