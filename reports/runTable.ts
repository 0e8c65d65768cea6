import Table from 'cli-table3';
import picocolors from 'picocolors';
import { PAIR_IMAGES } from '../base/pairLayout.js';
import { printable } from '../base/text.js';
import { energyText } from '../loadgen/logs/energyReport.js';
import { serverText } from '../loadgen/logs/serverReport.js';
import { disturbanceWarnings } from './figures/disturbances.js';
import { NO_ANGLE } from './figures/invalidReasons.js';
import { type MeasuredAccuracy, thresholdRemark } from './figures/measuredAccuracy.js';
import { isBrokenOff, type MeasuredTest } from './figures/measureTest.js';
import type { MeasuredFigure } from './figures/readFigures.js';
import type { TestRecord } from './figures/runRecord.js';
import { formatDurationNs, formatFigure } from './humanUnits.js';

/** With six borders, 80 characters. */
const COLUMN_WIDTHS = [26, 12, 12, 15, 9];
const PERCENTILES = ['p50', 'p90', 'p99'];

const UNVERIFIED = 'Unverified: the embeddings of reference faces were not checked.';

type FigureCells = readonly [figure: string, perPair: string, perInference: string];

interface Row {
  readonly name: string;
  readonly figures: readonly FigureCells[];
  readonly invalidReasons: readonly string[];
  readonly notes: readonly string[];
}

/**
 * The table printed at the end of a run: the figures of each test, its verdict, and why if INVALID; 80 columns wide.
 *
 * @param options `color`: whether to colour verdicts for a terminal
 */
export function runTable(tests: readonly MeasuredTest[], options: { readonly color: boolean }): string {
  const colors = picocolors.createColors(options.color);
  const table = new Table({
    head: ['Test', 'Figure', 'Per pair', 'Per inference', 'Result'],
    colWidths: COLUMN_WIDTHS,
    colAligns: ['left', 'left', 'right', 'right', 'left'],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const { name, figures, invalidReasons, notes } of tests.flatMap(rowsOf)) {
    const verdict = invalidReasons.length > 0 ? colors.red('INVALID') : colors.green('VALID');
    table.push(...figures.map((cells, index) => (index === 0 ? [name, ...cells, verdict] : ['', ...cells, ''])));
    table.push(...notes.map((content) => [{ content, colSpan: COLUMN_WIDTHS.length }]));
  }
  if (tests.some(({ test }) => test.configuration.unverified === 'true'))
    table.push([{ content: UNVERIFIED, colSpan: COLUMN_WIDTHS.length }]);
  return table.toString();
}

function rowsOf(measured: MeasuredTest): Row[] {
  const { test, figures, accuracy } = measured;
  const { kind, invalidReasons, settings } = test;
  const scenario = printable(test.scenario, 12);
  const row = (name: string, cells: readonly FigureCells[], reasons = invalidReasons): Row => {
    return { name, figures: cells, invalidReasons: reasons, notes: notesOf(reasons, test) };
  };
  if (isBrokenOff(measured)) return [row(`${scenario} ${kind}`, [['broken off', '', '']])];
  const rows: Row[] = [];
  if (accuracy !== undefined) {
    // A SubmissionRun's verdict is on its performance.
    const ofAnswers = Number.isNaN(accuracy.accuracy) ? [NO_ANGLE] : [];
    const reasons = kind === 'accuracy' ? invalidReasons : ofAnswers;
    const ofAccuracy = row(`${scenario} accuracy`, accuracyCells(accuracy), reasons);
    const remarks = [thresholdRemark(accuracy) ?? [], accuracy.remarks].flat();
    rows.push({ ...ofAccuracy, notes: [...ofAccuracy.notes, ...remarks.map((remark) => `Note: ${remark}`)] });
  }
  if (figures.length > 0) {
    const pairsPerQuery = scenario === 'MultiStream' ? Number(settings.samples_per_query) : 1;
    const name = scenario === 'MultiStream' ? `MultiStream, ${pairsPerQuery} a query` : `${scenario} performance`;
    const cells = figures.flatMap((figure) => figureCells(figure, pairsPerQuery));
    rows.push(row(name, cells));
  }
  return rows;
}

function accuracyCells({ accuracy, correctCount, pairCount }: MeasuredAccuracy): FigureCells[] {
  const figure = Number.isNaN(accuracy) ? 'NaN' : `${(100 * accuracy).toFixed(2)} %`;
  return [
    ['accuracy', figure, ''],
    ['correct', `${correctCount}/${pairCount}`, ''],
  ];
}

function figureCells({ name, unit, value }: MeasuredFigure, pairsPerQuery: number): FigureCells[] {
  if (unit === 'samples/s') return [[name, formatFigure(value), formatFigure(value * PAIR_IMAGES)]];
  if (!PERCENTILES.includes(name)) return [];
  const pairNs = value / pairsPerQuery;
  return [[name, formatDurationNs(pairNs), formatDurationNs(pairNs / PAIR_IMAGES)]];
}

function notesOf(invalidReasons: readonly string[], test: TestRecord): string[] {
  return [
    ...disturbanceWarnings(test),
    ...energyNotes(test),
    ...serverNotes(test),
    ...faultTexts(invalidReasons, test),
  ];
}

/** What the test cost, as far as it was counted. */
export function energyNotes({ energy }: Pick<TestRecord, 'energy'>): string[] {
  if (energy === undefined) return [];
  const { joulesPerSample, idleShare, source } = energy;
  return [`Informative: ${energyText(joulesPerSample, idleShare ?? undefined, source)}.`];
}

/** What part of a request was the server's, as far as it told. */
export function serverNotes({ server }: Pick<TestRecord, 'server'>): string[] {
  return server === undefined ? [] : [`Mean: ${serverText(server)}.`];
}

function faultTexts(invalidReasons: readonly string[], { errorMessages }: TestRecord): string[] {
  const [firstError] = errorMessages;
  if (invalidReasons.length > 0 || firstError === undefined)
    return invalidReasons.map((reason) => `INVALID: ${printable(reason)}`);
  return [`Errors in the log: ${errorMessages.length}. The first: ${printable(firstError)}`];
}
