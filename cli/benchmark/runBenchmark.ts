import { join } from 'node:path';
import { EXIT_CODE } from '../../base/errors.js';
import { featureValuesOf } from '../../base/pairLayout.js';
import {
  defaultLogSettings,
  monotonicClock,
  type PerformanceSummary,
  startTest,
  type TestMode,
  type TestResult,
} from '../../platform/node/index.js';
import { imageText } from '../../qsl/datasets/imageName.js';
import type { OpenedDataset } from '../../qsl/openDataset.js';
import { computeAccuracy } from '../../reports/accuracy/computeAccuracy.js';
import { type MeasuredTest, measureTest } from '../../reports/figures/measureRun.js';
import { writeAccuracyText } from '../../runs/accuracyText.js';
import { type Judging, writeJudging } from '../../runs/judging.js';
import { RunTest } from '../../runs/openRun.js';
import { type LabelledPair, writeLabelledPairs } from '../../runs/pairs.js';
import { removeEarlierResults } from '../../runs/runFolder.js';
import type { Network } from '../../sut/networks/network.js';
import { createSystemUnderTest, createVerifiedSystemUnderTest } from '../../sut/systemsUnderTest.js';
import { afterMeasuring } from '../printError.js';
import { startProgressBar } from '../progressBar.js';
import { logNotes } from './logNotes.js';
import type { PlannedTest } from './planTests.js';
import { quickSettings } from './quick.js';
import { placementFor, type SystemChoice } from './systemChoice.js';

/** What all tests of a run are made with. */
export interface BenchmarkSetup {
  readonly system: SystemChoice;
  /** What reports call the system: a plugin's path would name the owner of the machine. */
  readonly reportedSutName: string;
  readonly dataset: OpenedDataset;
  readonly runFolder: string;
  readonly responseTimeoutMs: number | undefined;
  readonly signal: AbortSignal;
}

export interface BenchmarkOptions extends BenchmarkSetup {
  /** In this order. */
  readonly tests: readonly PlannedTest[];
  readonly quick: boolean;
  readonly enableTrace: boolean;
  /** What a terminal shows behind a test's progress, at this share of it, in place of the time that the test has left. */
  readonly progressNote?: ((share: number) => string) | undefined;
  /** Called at the end of each test: what has been measured counts whatever comes after. */
  readonly onResult: (test: MeasuredTest) => void;
}

/**
 * Runs the tests one after another, each with a system of its own, and leaves their logs in the run's folder. A test
 * that ends early ends the benchmark.
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
  let pairNs: number | undefined;
  for (const planned of options.tests) {
    const { mode, settings } = planned;
    const shortened = options.quick && pairNs !== undefined ? quickSettings(settings, pairNs) : settings;
    const folder = join(runFolder, planned.folder);
    removeEarlierResults(runFolder, folder);
    const judgesAccuracy = mode === 'AccuracyOnly' || mode === 'SubmissionRun';
    if (judgesAccuracy) {
      writeLabelledPairs(folder, pairs);
      writeJudging(folder, judging);
    }
    const { result, durationNs } = await runOneTest(options, progress, { ...planned, settings: shortened }, folder);
    if (result.state === 'brokenOff') console.error(result.reason.hint ?? 'The logs say more.');
    else {
      if (judgesAccuracy) {
        pairNs = durationNs / pairs.length;
        await judgeAccuracy(folder, pairs, judging);
      }
      printPeak(mode, result.performance);
    }
    // From the logs just written and not from what is in memory: the table shows what anyone can read again.
    onResult(await measureTest(new RunTest(folder)));
    if (result.state === 'brokenOff') return;
  }
}

function printPeak(mode: TestMode, performance: PerformanceSummary | undefined): void {
  if (mode !== 'FindPeakPerformance' || performance?.performanceConstraint?.met !== true) return;
  console.error(`The highest rate found, for a user.conf:\n  *.Server.target_qps = ${performance.settings.targetQps}`);
}

/** `durationNs`: without the time it took to make the system. */
async function runOneTest(
  options: BenchmarkOptions,
  progress: Progress,
  { name, settings, auditConfig }: PlannedTest,
  outdir: string,
): Promise<{ result: TestResult; durationNs: number }> {
  const { library } = options.dataset;
  const { network, sutName, modelFile, precision, unverified } = options.system;
  const placement = placementFor(settings, options.system);
  const systemOptions = { inputs: library, network, modelFile, precision, placement };
  const sut = unverified
    ? await createSystemUnderTest(sutName, systemOptions)
    : await createVerifiedSystemUnderTest(sutName, { ...systemOptions, timeoutMs: options.responseTimeoutMs });
  const configuration = unverified ? { ...sut.configuration, unverified: 'true' } : sut.configuration;
  progress.hasMeasured = true;
  const bar = startProgressBar(name);
  try {
    const startedNs = monotonicClock.nowNs();
    const result = await startTest(
      sut,
      library,
      settings,
      { ...defaultLogSettings(), outdir, enableTrace: options.enableTrace },
      {
        signal: options.signal,
        onProgress: ({ share }) => {
          if (!options.signal.aborted) bar.update(share, options.progressNote?.(share));
        },
        ...(auditConfig === undefined ? {} : { auditConfig }),
        notes: logNotes(options.dataset, configuration),
        ...(options.responseTimeoutMs === undefined ? {} : { responseTimeoutMs: options.responseTimeoutMs }),
      },
    );
    return { result, durationNs: monotonicClock.nowNs() - startedNs };
  } finally {
    bar.stop();
    await sut.close();
  }
}

function judgingOf({ name, shape, decision }: Network): Judging {
  const { threshold, origin } = decision;
  const featureValues = featureValuesOf(shape);
  return { version: 1, network: name, featureValues, threshold, thresholdOrigin: origin };
}

/** From the log and what lies beside it alone, so that anyone can do it again. */
async function judgeAccuracy(logDir: string, pairs: readonly LabelledPair[], judging: Judging): Promise<void> {
  await writeAccuracyText(logDir, await computeAccuracy({ logDir, pairs, ...judging }));
}

/** The pairs in the order of their sample indices. */
function labelledPairs({ library }: OpenedDataset): LabelledPair[] {
  return library.pairs.map(({ a, b, same, set }) => ({ same, set, nameA: imageText(a), nameB: imageText(b) }));
}
