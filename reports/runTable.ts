import Table from 'cli-table3';
import picocolors from 'picocolors';
import { PAIR_IMAGES } from '../base/pairLayout.js';
import { printable } from '../base/printable.js';
import { formatDurationNs, formatFigure } from './humanUnits.js';
import { type AccuracyRow, isInvalid, type LatencyPercentiles, type RunRow } from './runRow.js';

/** With six borders, 80 characters. */
const COLUMN_WIDTHS = [26, 12, 12, 15, 9];

const UNVERIFIED = 'Unverified: the embeddings of reference faces were not checked.';

export interface RunTableOptions {
  /** Whether to colour verdicts for a terminal. */
  readonly color: boolean;
  /** Whether the run was made with --unverified. */
  readonly unverified?: boolean;
}

/** The table printed at the end of a run: the figures of each test, its verdict, and why if INVALID; 80 columns wide. */
export function runTable(rows: readonly RunRow[], options: RunTableOptions): string {
  const colors = picocolors.createColors(options.color);
  const table = new Table({
    head: ['Test', 'Figure', 'Per pair', 'Per inference', 'Result'],
    colWidths: COLUMN_WIDTHS,
    colAligns: ['left', 'left', 'right', 'right', 'left'],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    const verdict = isInvalid(row) ? colors.red('INVALID') : colors.green('VALID');
    const [first, ...others] = figureCells(row);
    table.push([testName(row), ...first, verdict], ...others.map((cells) => ['', ...cells, '']));
    for (const note of notes(row)) table.push([{ content: note, colSpan: COLUMN_WIDTHS.length }]);
  }
  if (options.unverified) table.push([{ content: UNVERIFIED, colSpan: COLUMN_WIDTHS.length }]);
  return table.toString();
}

type FigureCells = readonly [figure: string, perPair: string, perInference: string];

function testName(row: RunRow): string {
  switch (row.kind) {
    case 'Accuracy':
      return `${printable(row.scenario, 12)} accuracy`;
    case 'SingleStreamPerformance':
      return 'SingleStream performance';
    case 'MultiStreamPerformance':
      return `MultiStream, ${row.pairsPerQuery} a query`;
    case 'ServerPerformance':
      return 'Server performance';
    case 'OfflinePerformance':
      return 'Offline performance';
    case 'BrokenOff':
      return `${printable(row.scenario, 12)} ${row.mode === 'AccuracyOnly' ? 'accuracy' : 'performance'}`;
  }
}

function figureCells(row: RunRow): [FigureCells, ...FigureCells[]] {
  switch (row.kind) {
    case 'Accuracy':
      return accuracyCells(row);
    case 'SingleStreamPerformance':
      return latencyCells(row.latencyNs, 1);
    case 'MultiStreamPerformance':
      return latencyCells(row.latencyNs, row.pairsPerQuery);
    case 'ServerPerformance':
      return [...rateCells(row.pairsPerSecond), ...latencyCells(row.latencyNs, 1)];
    case 'OfflinePerformance':
      return rateCells(row.pairsPerSecond);
    case 'BrokenOff':
      return [['broken off', '', '']];
  }
}

function accuracyCells({ accuracy, correctCount, pairCount }: AccuracyRow): [FigureCells, ...FigureCells[]] {
  const figure = Number.isNaN(accuracy) ? 'NaN' : `${(100 * accuracy).toFixed(2)} %`;
  return [
    ['accuracy', figure, ''],
    ['correct', `${correctCount}/${pairCount}`, ''],
  ];
}

function latencyCells({ p50, p90, p99 }: LatencyPercentiles, pairsPerQuery: number): [FigureCells, ...FigureCells[]] {
  const cells = (name: string, ns: number): FigureCells => [
    name,
    formatDurationNs(ns / pairsPerQuery),
    formatDurationNs(ns / pairsPerQuery / PAIR_IMAGES),
  ];
  return [cells('p50', p50), cells('p90', p90), cells('p99', p99)];
}

function rateCells(pairsPerSecond: number): [FigureCells] {
  return [['per second', formatFigure(pairsPerSecond), formatFigure(pairsPerSecond * PAIR_IMAGES)]];
}

function notes(row: RunRow): string[] {
  if (row.kind === 'BrokenOff') return [`INVALID: ${printable(row.reason)}`];
  const reasons = row.invalidReasons.map((reason) => `INVALID: ${printable(reason)}`);
  const [firstError] = row.errorMessages;
  if (row.validity === 'INVALID' || firstError === undefined) return reasons;
  return [`Errors in the log: ${row.errorMessages.length}. The first: ${printable(firstError)}`];
}
