import { openRun, type Run, type RunTest, type UnfinishedTest } from '../../runs/openRun.js';
import { type MeasuredTest, measureTest } from './measureTest.js';
import { type FoundTest, missingTests, runIdOf } from './missingTests.js';
import type { RunRecord } from './runRecord.js';

export interface MeasuredRun {
  readonly run: RunRecord;
  readonly tests: readonly MeasuredTest[];
}

/**
 * The figures of a run, from its logs alone.
 *
 * @throws REPORT_* if a log cannot be read, or logs are not of the same run
 */
export async function readRun(folder: string): Promise<MeasuredRun> {
  return measureRun(await openRun(folder));
}

/** @param onTest is called with each test while its logs are in memory */
export async function measureRun(
  run: Run,
  onTest: (test: RunTest, measured: MeasuredTest) => Promise<void> = async () => {},
): Promise<MeasuredRun> {
  const json = await run.json();
  const tests: MeasuredTest[] = [];
  const found: FoundTest[] = [];
  const unfinished: UnfinishedTest[] = [];
  // One after another: each may hold its latencies in memory while it is read.
  for await (const test of run.tests((one) => unfinished.push(one))) {
    const measured = await measureTest(test);
    await onTest(test, measured);
    tests.push(measured);
    const log = await test.detail();
    found.push({ ...measured.test, runId: runIdOf(log) });
  }
  const missing = missingTests(run.folder, { id: json?.id, planned: json?.planned ?? [] }, found, unfinished);
  const record = {
    folder: run.folder,
    quick: json?.quick ?? null,
    system: json?.system ?? null,
    tests: tests.map(({ test }) => test),
    ...(missing.length === 0 ? {} : { missing }),
  };
  return { run: record, tests };
}
