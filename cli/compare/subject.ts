import { compareRuns } from '../../reports/compare/compareRuns.js';
import type { Comparison } from '../../reports/compare/comparison.js';
import { comparisonCsv } from '../../reports/compare/comparisonCsv.js';
import { comparisonMarkdown } from '../../reports/compare/comparisonMarkdown.js';
import { comparisonTable } from '../../reports/compare/comparisonTable.js';
import { compareGroups } from '../../reports/compare/groups/compareGroups.js';
import { groupMarkdown } from '../../reports/compare/groups/groupMarkdown.js';
import { groupTable } from '../../reports/compare/groups/groupTable.js';
import { duelMarkdown } from '../../reports/duel/duelMarkdown.js';
import { duelTable } from '../../reports/duel/duelTable.js';
import { judgeDuel } from '../../reports/duel/judgeDuel.js';
import { type Change, changesOfDuel, changesOfGroups, changesOfRuns } from '../../reports/gate/change.js';
import { duelPage } from '../../reports/html/duelPage.js';
import { groupPage } from '../../reports/html/groupPage.js';
import { isDuel, readDuelJson } from '../../runs/duelJson.js';
import { foldersNamed } from '../../runs/repeats.js';
import { UsageError } from '../printError.js';

/** What is compared, and how it may be shown. */
export interface Subject {
  /** What `--json` prints. */
  readonly document: object;
  readonly table: (options: { readonly color: boolean }) => string;
  readonly markdown: () => string;
  /** Undefined where there is none. */
  readonly csv?: () => string;
  readonly changes: () => readonly Change[];
  /** Undefined where it takes more than the result. */
  readonly page?: () => string;
}

/**
 * Groups of runs where there are others to compare them with, or two names of repeated runs; the one duel that is named;
 * else runs.
 */
export async function openSubject(runs: readonly string[], against: readonly string[] | undefined): Promise<Subject> {
  const duel = [...runs, ...(against ?? [])].find(isDuel);
  if (duel !== undefined && (runs.length > 1 || against !== undefined))
    throw new UsageError(`${duel} holds a duel, whose comparison is finished: name it alone`);
  if (duel !== undefined) return duelSubject(duel);
  if (against !== undefined) return groupsSubject(runs.flatMap(foldersNamed), against.flatMap(foldersNamed));
  const named = runs.map(foldersNamed);
  if (!isGroups(runs, against)) return runsSubject(await compareRuns(named.flat()));
  const [base, others, ...more] = named;
  if (base === undefined || others === undefined || more.length > 0)
    throw new UsageError('Compare repeated runs with one other at a time, as in: loadgen compare NAME --against OTHER');
  return groupsSubject(base, others);
}

/** Whether groups of runs are named, and not single runs. */
export function isGroups(runs: readonly string[], against: readonly string[] | undefined): boolean {
  return against !== undefined || (runs.length > 1 && runs.some((name) => foldersNamed(name).length > 1));
}

export function runsSubject(comparison: Comparison): Subject {
  return {
    document: comparison,
    table: (options) => comparisonTable(comparison, options),
    markdown: () => comparisonMarkdown(comparison),
    csv: () => comparisonCsv(comparison),
    changes: () => changesOfRuns(comparison),
  };
}

async function groupsSubject(runs: readonly string[], against: readonly string[]): Promise<Subject> {
  const comparison = await compareGroups(runs, against);
  return {
    document: comparison,
    table: (options) => groupTable(comparison, options),
    markdown: () => groupMarkdown(comparison),
    changes: () => changesOfGroups(comparison),
    page: () => groupPage(comparison),
  };
}

/** @throws DUEL_JSON */
export async function duelSubject(folder: string): Promise<Subject & Required<Pick<Subject, 'page'>>> {
  const result = judgeDuel(await readDuelJson(folder));
  return {
    document: result,
    table: (options) => `${duelTable(result, options)}\nMeasured: ${folder}`,
    markdown: () => duelMarkdown(result),
    changes: () => changesOfDuel(result),
    page: () => duelPage(result),
  };
}
