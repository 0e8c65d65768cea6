import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { printable } from '../../base/printable.js';
import { readJudging } from '../../runs/judging.js';
import { JUDGING_JSON } from '../../runs/layout.js';
import { readRunFacts } from '../../runs/runFacts.js';
import { measurementOf, numberOrNull } from '../figures/measurement.js';
import { CONFIDENCE } from '../figures/percentileInterval.js';
import { type MeasuredTest, readRun } from '../figures/readRun.js';
import { NO_ANGLE } from '../performanceLog.js';
import type { RunResult } from './runResult.js';

type ResultTest = RunResult['tests'][number];

/** The result of one run, ours or the official LoadGen's, from its logs alone. Throws a `LoadGenError` as reading does. */
export async function readRunResult(folder: string): Promise<RunResult> {
  const { run, tests } = await readRun(folder);
  const facts = await readRunFacts(folder);
  const results: ResultTest[] = [];
  for (const measured of tests) results.push(await testResult(folder, measured));
  return {
    version: 1,
    confidence: CONFIDENCE,
    folder,
    quick: run.quick,
    network: facts?.network ?? null,
    system: run.system,
    dataset: facts?.dataset === undefined ? null : { ...facts.dataset, skipped: [...facts.dataset.skipped] },
    tests: results,
  };
}

async function testResult(runFolder: string, { test, figures, accuracy }: MeasuredTest): Promise<ResultTest> {
  return {
    ...test,
    folder: relative(runFolder, test.folder).split(sep).join('/') || '.',
    figures: figures.map((figure) => ({ name: figure.name, unit: figure.unit, ...measurementOf(figure) })),
    accuracy: accuracy === undefined ? null : await accuracyResult(test.folder, accuracy),
  };
}

async function accuracyResult(
  testFolder: string,
  { correctCount, pairCount, accuracy }: NonNullable<MeasuredTest['accuracy']>,
): Promise<ResultTest['accuracy']> {
  const judging = existsSync(join(testFolder, JUDGING_JSON)) ? await readJudging(testFolder) : undefined;
  return {
    correct: correctCount,
    pairs: pairCount,
    share: numberOrNull(accuracy),
    noShare: Number.isNaN(accuracy) ? NO_ANGLE : null,
    threshold: judging?.threshold ?? null,
    thresholdOrigin: judging === undefined ? null : printable(judging.thresholdOrigin),
  };
}
