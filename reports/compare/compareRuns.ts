import { LoadGenError } from '../../base/errors.js';
import { type MeasuredAccuracy, thresholdRemark } from '../figures/measuredAccuracy.js';
import { measurementOf, numberOrNull } from '../figures/measurement.js';
import { type MeasuredRun, readRun } from '../figures/measureRun.js';
import { CONFIDENCE } from '../figures/percentileInterval.js';
import type { MeasuredFigure } from '../figures/readFigures.js';
import { comparabilityWarnings } from './comparability.js';
import { type ComparedFigure, type ComparedValue, type Comparison, ONE_RUN } from './comparison.js';

/**
 * Compares runs by their logs, ours or the official LoadGen's, with the first as the baseline. What is readable but hard
 * to compare becomes a warning.
 *
 * @throws REPORT_*, RUN_JSON if a folder, a log or run.json cannot be read
 */
export async function compareRuns(folders: readonly string[]): Promise<Comparison> {
  const measured: MeasuredRun[] = [];
  // One after another, so that memory holds the latencies of one test.
  for (const folder of folders) measured.push(await readRun(folder));
  return compareMeasuredRuns(measured);
}

/** @throws REPORT_SEVERAL_RUNS if a folder holds two tests of one kind */
export function compareMeasuredRuns(measured: readonly MeasuredRun[]): Comparison {
  for (const run of measured) checkDistinct(run);
  const runs = measured.map(({ run }) => run);
  const scenarios = new Set(runs.flatMap(({ tests }) => tests.map(({ scenario }) => scenario)));
  return {
    version: 1,
    confidence: CONFIDENCE,
    runs,
    scenarios: [...scenarios].map((scenario) => ({
      scenario,
      figures: [...accuracyFigure(measured, scenario), ...speedFigures(measured, scenario)],
    })),
    warnings: comparabilityWarnings(measured),
  };
}

function accuracyFigure(runs: readonly MeasuredRun[], scenario: string): ComparedFigure[] {
  const measured = runs.map(
    ({ tests }) => tests.find(({ test, accuracy }) => test.scenario === scenario && accuracy !== undefined)?.accuracy,
  );
  if (measured.every((accuracy) => accuracy === undefined)) return [];
  const values = measured.map((accuracy, run) => accuracyValue(accuracy, measured[0], run === 0));
  return [{ name: 'accuracy', unit: 'correct share', values }];
}

function accuracyValue(
  figure: MeasuredAccuracy | undefined,
  base: MeasuredAccuracy | undefined,
  isBaseline: boolean,
): ComparedValue | null {
  if (figure === undefined) return null;
  const known = base !== undefined && !Number.isNaN(figure.accuracy + base.accuracy);
  const at = thresholdRemark(figure) === undefined ? '' : ` at threshold ${figure.threshold}`;
  return {
    value: numberOrNull(figure.accuracy),
    interval: null,
    noInterval: `${figure.correctCount} of ${figure.pairCount} ${figure.threshold === undefined ? 'samples' : 'pairs'}${at}`,
    ratio: known ? numberOrNull(figure.accuracy / base.accuracy) : null,
    verdict: isBaseline ? 'baseline' : known ? accuracyVerdict(figure.accuracy - base.accuracy) : null,
  };
}

function accuracyVerdict(difference: number): ComparedValue['verdict'] {
  if (difference === 0) return 'equal';
  return difference > 0 ? 'higher' : 'lower';
}

function speedFigures(runs: readonly MeasuredRun[], scenario: string): ComparedFigure[] {
  const measured = runs.map(({ tests }) =>
    tests.find(({ test }) => test.scenario === scenario && test.kind === 'performance'),
  );
  const units = new Map(measured.flatMap((test) => (test?.figures ?? []).map(({ name, unit }) => [name, unit])));
  const isJudged = measured.map((test) => test?.test.validity !== 'INVALID');
  return [...units].map(([name, unit]) => {
    const figures = measured.map((test) => test?.figures.find((figure) => figure.name === name));
    const values = figures.map((figure, run) => {
      const value = speedValue(figure, figures[0], run === 0);
      return value === null || (isJudged[run] && isJudged[0]) ? value : { ...value, verdict: null };
    });
    return { name, unit, values };
  });
}

function speedValue(
  figure: MeasuredFigure | undefined,
  base: MeasuredFigure | undefined,
  isBaseline: boolean,
): ComparedValue | null {
  if (figure === undefined) return null;
  return {
    ...measurementOf(figure),
    ratio: base === undefined ? null : numberOrNull(figure.value / base.value),
    verdict: isBaseline ? 'baseline' : speedVerdict(figure, base),
  };
}

/** Where the intervals overlap, the difference may be noise of the run; elsewhere, what differs between two runs. */
function speedVerdict(figure: MeasuredFigure, base: MeasuredFigure | undefined): ComparedValue['verdict'] {
  if (figure.interval === undefined || base?.interval === undefined) return null;
  const isApart = figure.interval[1] < base.interval[0] || figure.interval[0] > base.interval[1];
  return isApart ? ONE_RUN : 'no difference shown';
}

/** Figures are compared by scenario and kind. */
function checkDistinct({ run, tests }: MeasuredRun): void {
  const folders = new Map<string, string>();
  for (const { test } of tests) {
    const name = `${test.scenario} ${test.kind}`;
    const other = folders.get(name);
    if (other !== undefined) {
      const found = `two tests of ${name}: ${other} and ${test.folder}`;
      throw new LoadGenError('REPORT_SEVERAL_RUNS', `${run.folder} holds ${found}; expected one`, {
        hint: "Name one test's folder instead of the run's.",
      });
    }
    folders.set(name, test.folder);
  }
}
