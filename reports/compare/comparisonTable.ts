import picocolors from 'picocolors';
import { printable } from '../../base/text.js';
import type { RunRecord, TestRecord } from '../figures/runRecord.js';
import { percentText } from '../humanUnits.js';
import { type Colors, coloredVerdict, newTable, wrapped } from '../textTable.js';
import type { ComparedFigure, ComparedValue, Comparison } from './comparison.js';
import { figureText, rangeText, ratioText } from './figureText.js';

/** With seven borders, 80 characters. */
const FIGURE_WIDTHS = [14, 5, 11, 21, 7, 15];
/** With three borders, 80 characters. */
const RUN_WIDTHS = [5, 72];

export interface ComparisonTableOptions {
  /** Whether to colour verdicts for a terminal. */
  readonly color: boolean;
}

/** The runs, their figures beside the baseline's, and what to beware of; 80 columns wide. */
export function comparisonTable(comparison: Comparison, { color }: ComparisonTableOptions): string {
  const colors = picocolors.createColors(color);
  const parts = [
    runsTable(comparison.runs),
    ...comparison.scenarios.map(({ scenario, figures }) => figuresTable(scenario, figures, colors)),
    ...(comparison.warnings.length === 0 ? [] : [warningsTable(comparison, colors)]),
    wrapped(comparisonSentence(comparison)),
  ];
  return parts.join('\n');
}

/** How to read intervals and verdicts. */
export function comparisonSentence({ confidence }: Comparison): string {
  return (
    `Intervals enclose a run's true figure with ${percentText(confidence)} confidence; where two overlap, no difference is ` +
    'shown. They know nothing of what changes between two runs of the same system, such as other load on the machine. One ' +
    'run of each cannot tell which system is faster: "loadgen duel" measures them in turns, and --against compares several ' +
    'runs of each.'
  );
}

function runsTable(runs: readonly RunRecord[]): string {
  const table = newTable(['Run', ''], RUN_WIDTHS);
  for (const [index, run] of runs.entries()) {
    const baseline = index === 0 ? ' (baseline)' : '';
    table.push([runName(index), { content: `${printable(run.folder)}${baseline}`, wrapOnWordBoundary: false }]);
    for (const fact of runFacts(run)) table.push(['', fact]);
  }
  return table.toString();
}

function runFacts(run: RunRecord): string[] {
  const system = run.system === null ? [] : [Object.values(run.system).join(', ')];
  return [...new Set([...run.tests.map(systemText), ...run.tests.map(dataText), ...system])];
}

function systemText({ sutName, configuration }: TestRecord): string {
  const known: [string, string][] = [
    ['engine', 'engine'],
    ['engine_version', 'version'],
    ['precision', 'precision'],
    ['device', 'device'],
    ['provider', 'provider'],
    ['threads_per_inference', 'threads'],
    ['workers', 'workers'],
    ['batch', 'batch'],
    ['model_sha256', 'model'],
  ];
  const facts = known.flatMap(([key, name]) => {
    const value = configuration[key];
    return value === undefined ? [] : [`${name} ${key.endsWith('sha256') ? value.slice(0, 12) : value}`];
  });
  return [sutName, ...facts].join(', ');
}

function dataText({ data, loadgenVersion }: TestRecord): string {
  const { name = 'unknown', reported_total_count: count = '?', sha256 } = data;
  const digest = sha256 === undefined ? 'no digest' : `digest ${sha256.slice(0, 12)}`;
  return `data ${name}, ${count} samples, ${digest}; LoadGen ${loadgenVersion}`;
}

function figuresTable(scenario: string, figures: readonly ComparedFigure[], colors: Colors): string {
  const table = newTable([scenario, 'Run', 'Value', '95 % interval', 'Ratio', 'Verdict'], FIGURE_WIDTHS, [
    'left',
    'left',
    'right',
    'right',
    'right',
    'left',
  ]);
  for (const figure of figures) {
    for (const [run, value] of figure.values.entries()) {
      table.push([run === 0 ? figure.name : '', runName(run), ...valueCells(figure.unit, value, colors)]);
    }
  }
  if (figures.length === 0) table.push([{ content: 'no figures', colSpan: FIGURE_WIDTHS.length }]);
  return table.toString();
}

function valueCells(unit: ComparedFigure['unit'], value: ComparedValue | null, colors: Colors): string[] {
  if (value === null) return ['none', '', '', ''];
  const { interval, ratio, verdict } = value;
  const range =
    interval === null
      ? unit === 'correct share'
        ? (value.noInterval ?? '')
        : 'no interval'
      : rangeText(unit, interval);
  return [
    figureText(unit, value.value),
    range,
    ratio === null ? '' : ratioText(ratio),
    coloredVerdict(verdict, colors),
  ];
}

function warningsTable({ warnings }: Comparison, colors: Colors): string {
  const table = newTable(['Run', 'Warning'], RUN_WIDTHS);
  for (const { run, scenarios, code, message } of warnings) {
    table.push([runName(run), `${colors.yellow(code)} ${scenarios.join(', ')}: ${message}`]);
  }
  return table.toString();
}

function runName(index: number): string {
  return String(index + 1);
}
