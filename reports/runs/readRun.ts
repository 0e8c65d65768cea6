import { LoadGenError } from '../../base/errors.js';
import { LogValues } from '../logs/logValues.js';
import { invalidReasonsOf } from '../performanceLog.js';
import { printable } from '../printable.js';
import { findTests } from './findTests.js';
import { readLatencies } from './latencySource.js';
import { type AccuracyFigure, readAccuracyFigure } from './readAccuracyFigure.js';
import { type MeasuredFigure, readFigures } from './readFigures.js';
import { readRunFacts } from './runFacts.js';
import type { RunRecord, TestRecord } from './runRecord.js';

/** A test with its figures. An aborted one has none. */
export interface MeasuredTest {
  readonly test: TestRecord;
  readonly figures: readonly MeasuredFigure[];
  readonly accuracy: AccuracyFigure | undefined;
}

export interface MeasuredRun {
  readonly run: RunRecord;
  readonly tests: readonly MeasuredTest[];
}

/** Reads the logs of one run, ours or the official LoadGen's. Text from them is printable, and cut where too long. */
export async function readRun(folder: string): Promise<MeasuredRun> {
  const facts = await readRunFacts(folder);
  const tests: MeasuredTest[] = [];
  // One after another: each may hold its latencies in memory while it is read.
  for (const testFolder of await findTests(folder)) tests.push(await readTest(testFolder));
  checkDistinct(folder, tests);
  const system = facts === undefined ? null : { ...facts.system };
  const run = { folder, quick: facts?.quick ?? null, system, tests: tests.map(({ test }) => test) };
  return { run, tests };
}

async function readTest(folder: string): Promise<MeasuredTest> {
  const log = await LogValues.read(folder);
  const mode = log.string('effective_test_mode');
  const isPerformance = mode !== 'AccuracyOnly';
  // An aborted run has a verdict and no figures; an accuracy run has a verdict only where it was aborted.
  const isJudged = isPerformance || log.has('result_validity');
  const invalidReasons = isJudged ? invalidReasonsOf(log) : [];
  const hasAnswers = mode === 'SubmissionRun' || (mode === 'AccuracyOnly' && invalidReasons.length === 0);
  const accuracy = hasAnswers ? await readAccuracyFigure(folder) : undefined;
  const hasFigures = isPerformance && (log.has('result_query_count') || invalidReasons.length === 0);
  const source = hasFigures ? await readLatencies(folder, log) : undefined;
  return {
    test: {
      scenario: printable(log.string('effective_scenario'), 20),
      mode: printable(mode, 20),
      kind: isPerformance ? 'performance' : 'accuracy',
      folder,
      sutName: printable(log.string('sut_name')),
      settings: printableTexts(log.texts('effective_')),
      configuration: withoutName(printableTexts(log.texts('sut_'))),
      data: { ...printableTexts(log.texts('dataset_')), ...printableTexts(log.texts('qsl_')) },
      loadgenVersion: printable(log.string('loadgen_version')),
      startedAt: log.has('test_datetime') ? printable(log.string('test_datetime')) : null,
      validity: isJudged ? (invalidReasons.length === 0 ? 'VALID' : 'INVALID') : null,
      invalidReasons: invalidReasons.map((reason) => printable(reason)),
      errorMessages: log.errorMessages().map((message) => printable(message)),
      latencies: source?.from ?? null,
    },
    figures: source === undefined ? [] : readFigures(log, source),
    accuracy,
  };
}

function checkDistinct(runFolder: string, tests: readonly MeasuredTest[]): void {
  const folders = new Map<string, string>();
  for (const { test } of tests) {
    const name = `${test.scenario} ${test.kind}`;
    const other = folders.get(name);
    if (other !== undefined) {
      const found = `two tests of ${name}: ${other} and ${test.folder}`;
      throw new LoadGenError('REPORT_SEVERAL_RUNS', `${runFolder} holds ${found}; expected one`, {
        hint: "Name one test's folder instead of the run's.",
      });
    }
    folders.set(name, test.folder);
  }
}

function printableTexts(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [printable(key, 100), printable(value)]));
}

function withoutName({ name: _, ...configuration }: Record<string, string>): Record<string, string> {
  return configuration;
}
