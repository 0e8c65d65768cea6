import { join } from 'node:path';
import { EXIT_CODE, LoadGenError } from '../../base/errors.js';
import type { TestMode, TestSettings } from '../../platform/node/index.js';
import { computeAccuracy } from '../../reports/accuracy/computeAccuracy.js';
import { type MeasuredTest, measureTest } from '../../reports/figures/measureTest.js';
import { writeAccuracyText } from '../../runs/accuracyFile.js';
import type { Judging, LabelledPair } from '../../runs/jsonFormats.js';
import { writeJudging } from '../../runs/judging.js';
import { discardMeasuring, keepMeasuring, measuringFolderOf } from '../../runs/measuringFolder.js';
import { RunTest } from '../../runs/openRun.js';
import { writeLabelledPairs } from '../../runs/pairs.js';
import { afterMeasuring, printError } from '../printError.js';
import type { BenchmarkOptions } from './benchmarkOptions.js';
import { judgingOf, labelledPairs } from './judging.js';
import { logBrokenOff, type MeasuredOutcome, measureInProcess } from './measureInProcess.js';
import type { PlannedTest } from './planTests.js';
import { quickSettings } from './quick.js';
import { placementFor, type SystemChoice } from './systemChoice.js';

/**
 * Runs the tests one after another, each with a system and in a process of its own, and leaves their logs in the run's
 * folder. A test that ends early ends the benchmark.
 */
export async function runBenchmark(options: BenchmarkOptions): Promise<void> {
  const progress = { hasMeasured: false };
  try {
    await runTests(options, progress);
  } catch (thrown) {
    throw progress.hasMeasured ? afterMeasuring(thrown, EXIT_CODE.internal) : thrown;
  }
}

/** What an exit code has to tell. */
interface Progress {
  hasMeasured: boolean;
}

async function runTests(options: BenchmarkOptions, progress: Progress): Promise<void> {
  const { dataset, runFolder, system, onResult } = options;
  const pairs = labelledPairs(dataset);
  const judging = judgingOf(system.network);
  const slowEngines = new Map<string, number>();
  // What a pair takes one worker.
  let pairNs: number | undefined;
  for (const planned of options.tests) {
    const { mode, settings } = planned;
    const test = {
      ...planned,
      settings:
        options.quick && pairNs !== undefined
          ? quickSettings(settings, pairNs / pairsAtATime(settings, system))
          : settings,
    };
    const folder = join(runFolder, planned.folder);
    const measuringFolder = measuringFolderOf(folder);
    discardMeasuring(folder);
    const judgesAccuracy = mode === 'AccuracyOnly' || mode === 'SubmissionRun';
    if (judgesAccuracy) {
      writeLabelledPairs(measuringFolder, pairs);
      writeJudging(measuringFolder, judging);
    }
    let outcome = await measureInProcess(options, test, measuringFolder, slowEngines).catch((thrown: unknown) => {
      discardMeasuring(folder);
      throw thrown;
    });
    progress.hasMeasured = true;
    if (outcome.state === 'completed' && judgesAccuracy) {
      pairNs = (outcome.durationNs / pairs.length) * pairsAtATime(settings, system);
      outcome = await judgeAccuracy(options, test, outcome, measuringFolder, pairs, judging);
    }
    const measured = await readBack(options, test, outcome, measuringFolder);
    outcome = measured.outcome;
    keepMeasuring(runFolder, folder);
    if (outcome.state === 'brokenOff') printReason(outcome.reason);
    else printPeak(mode, outcome.peakQps);
    onResult({ ...measured, test: { ...measured.test, folder } });
    if (outcome.state === 'brokenOff') return;
  }
}

function pairsAtATime(settings: TestSettings, system: SystemChoice): number {
  return settings.scenario === 'SingleStream' ? 1 : Math.max(1, placementFor(settings, system).workers);
}

/**
 * The figures from the logs just written and not from what is in memory: the table shows what anyone can read again. Logs
 * that the system has changed end the test.
 */
async function readBack(
  options: BenchmarkOptions,
  test: PlannedTest,
  outcome: MeasuredOutcome,
  logDir: string,
): Promise<MeasuredTest & { readonly outcome: MeasuredOutcome }> {
  try {
    return { ...(await measureTest(new RunTest(logDir))), outcome };
  } catch (thrown) {
    if (outcome.state === 'brokenOff') throw thrown;
    const replaced = logBrokenOff(options, test, logDir, outcome, reasonOf(thrown));
    return { ...(await measureTest(new RunTest(logDir))), outcome: replaced };
  }
}

/** Why a test counts as ended by what its logs hold. Throws what is no fault of theirs. */
function reasonOf(thrown: unknown): LoadGenError {
  if (thrown instanceof LoadGenError && thrown.exitCode !== EXIT_CODE.internal) return thrown;
  throw thrown;
}

/** Who has ended the test knows why. */
function printReason(reason: LoadGenError): void {
  if (reason.code === 'RUN_ABORTED' || reason.code === 'INTERRUPTED') console.error('The logs say more.');
  else printError(reason);
}

function printPeak(mode: TestMode, peakQps: number | undefined): void {
  if (mode !== 'FindPeakPerformance' || peakQps === undefined) return;
  console.error(`The highest rate found, for a user.conf:\n  *.Server.target_qps = ${peakQps}`);
}

/** From the log and what lies beside it alone, so that anyone can do it again. Answers that cannot be judged end the test. */
async function judgeAccuracy(
  options: BenchmarkOptions,
  test: PlannedTest,
  outcome: MeasuredOutcome,
  logDir: string,
  pairs: readonly LabelledPair[],
  judging: Judging,
): Promise<MeasuredOutcome> {
  try {
    await writeAccuracyText(logDir, await computeAccuracy({ logDir, pairs, ...judging }));
    return outcome;
  } catch (thrown) {
    return logBrokenOff(options, test, logDir, outcome, reasonOf(thrown));
  }
}
