import { relative, sep } from 'node:path';
import { printable } from '../../base/text.js';
import type { Judging } from '../../runs/jsonFormats.js';
import { openRun } from '../../runs/openRun.js';
import { NO_ANGLE } from '../figures/invalidReasons.js';
import { type MeasuredAccuracy, thresholdRemark } from '../figures/measuredAccuracy.js';
import { figureOf, numberOrNull } from '../figures/measurement.js';
import { measureRun } from '../figures/measureRun.js';
import type { MeasuredTest } from '../figures/measureTest.js';
import { CONFIDENCE } from '../figures/percentileInterval.js';
import type { RunResult } from './runResult.js';
import { readTotals } from './testTotals.js';

type ResultTest = RunResult['tests'][number];

/**
 * The result of one run, ours or the official LoadGen's, from its logs alone.
 *
 * @throws REPORT_*, RUN_JSON if a log or run.json cannot be read, or logs are not of the same run
 */
export async function readRunResult(folder: string): Promise<RunResult> {
  const opened = await openRun(folder);
  const tests: ResultTest[] = [];
  const { run } = await measureRun(opened, async (test, measured) => {
    const judgedBy = measured.accuracy === undefined ? undefined : await test.judging();
    const hasTotals = measured.figures.length > 0;
    tests.push({
      ...resultOf(folder, measured, judgedBy),
      totals: hasTotals ? readTotals(await test.detail()) : null,
    });
  });
  const json = await opened.json();
  return {
    version: 1,
    confidence: CONFIDENCE,
    folder,
    quick: run.quick,
    network: json?.network ?? null,
    system: run.system,
    dataset: json?.dataset ?? null,
    tests,
    ...(run.missing === undefined ? {} : { missing: run.missing }),
  };
}

function resultOf(runFolder: string, measured: MeasuredTest, judging: Judging | undefined): Omit<ResultTest, 'totals'> {
  const { test, figures, accuracy } = measured;
  return {
    ...test,
    folder: relative(runFolder, test.folder).split(sep).join('/') || '.',
    figures: figures.map(figureOf),
    accuracy: accuracy === undefined ? null : accuracyResult(accuracy, judging),
  };
}

function accuracyResult(measured: MeasuredAccuracy, judging: Judging | undefined): ResultTest['accuracy'] {
  const { correctCount, pairCount, accuracy, threshold, benchmarkThreshold, remarks } = measured;
  const origin = thresholdRemark(measured) ?? judging?.thresholdOrigin;
  return {
    correct: correctCount,
    pairs: pairCount,
    share: numberOrNull(accuracy),
    noShare: Number.isNaN(accuracy) ? NO_ANGLE : null,
    threshold: threshold ?? null,
    thresholdOrigin: origin === undefined ? null : printable(origin),
    benchmarkThreshold: benchmarkThreshold ?? null,
    remarks: [...remarks],
  };
}
