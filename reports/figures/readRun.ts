import { printable } from '../../base/printable.js';
import { readLogValues } from '../../platform/node/openLog.js';
import { findTests } from '../../runs/findTests.js';
import { readLatencies } from '../../runs/latencySource.js';
import { readRunFacts } from '../../runs/runFacts.js';
import { invalidReasonsOf, NO_ANGLE } from '../performanceLog.js';
import { type AccuracyFigure, readAccuracyFigure } from './readAccuracyFigure.js';
import { type MeasuredFigure, readFigures } from './readFigures.js';
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
  const system = facts === undefined ? null : { ...facts.system };
  const run = { folder, quick: facts?.quick ?? null, system, tests: tests.map(({ test }) => test) };
  return { run, tests };
}

async function readTest(folder: string): Promise<MeasuredTest> {
  const log = await readLogValues(folder);
  const mode = log.string('effective_test_mode');
  const isPerformance = mode !== 'AccuracyOnly';
  // An aborted run has a verdict and no figures; an accuracy run has a verdict only where it was aborted.
  const hasVerdict = isPerformance || log.has('result_validity');
  const invalidReasons = hasVerdict ? invalidReasonsOf(log) : [];
  const isAborted = invalidReasons.length > 0 && !(isPerformance && log.has('result_query_count'));
  const accuracy = isAborted ? undefined : await readAccuracyOf(folder, mode);
  if (mode === 'AccuracyOnly' && Number.isNaN(accuracy?.accuracy)) invalidReasons.push(NO_ANGLE);
  const source = isPerformance && !isAborted ? await readLatencies(folder, log) : undefined;
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
      validity: validityOf(invalidReasons, hasVerdict),
      invalidReasons: invalidReasons.map((reason) => printable(reason)),
      errorMessages: log.errorMessages().map((message) => printable(message)),
      latencies: source?.from ?? null,
    },
    figures: source === undefined ? [] : readFigures(log, source),
    accuracy,
  };
}

async function readAccuracyOf(folder: string, mode: string): Promise<AccuracyFigure | undefined> {
  return mode === 'AccuracyOnly' || mode === 'SubmissionRun' ? readAccuracyFigure(folder) : undefined;
}

function validityOf(invalidReasons: readonly string[], hasVerdict: boolean): TestRecord['validity'] {
  if (invalidReasons.length > 0) return 'INVALID';
  return hasVerdict ? 'VALID' : null;
}

function printableTexts(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [printable(key, 100), printable(value)]));
}

function withoutName({ name: _, ...configuration }: Record<string, string>): Record<string, string> {
  return configuration;
}
