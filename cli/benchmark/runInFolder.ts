import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MeasuredTest } from '../../reports/figures/measureTest.js';
import { type ConfigPaths, copyConfigFiles } from '../../runs/configCopies.js';
import { RUN_JSON } from '../../runs/layout.js';
import { withRunFolder } from '../../runs/measuringFolder.js';
import type { DatasetArguments } from '../datasetOptions.js';
import { FACES_KEPT, interruptible } from '../interruption.js';
import type { BenchmarkOptions } from './benchmarkOptions.js';
import { describeRun, runRequestOf } from './describeRun.js';
import { openBenchmarkDataset } from './openBenchmarkDataset.js';
import { QUICK_PAIRS } from './quick.js';
import { runBenchmark } from './runBenchmark.js';

/** What is run, in one folder or in several. */
export interface RequestedRun
  extends Pick<
    BenchmarkOptions,
    'system' | 'reportedSutName' | 'tests' | 'quick' | 'enableTrace' | 'responseTimeoutMs'
  > {
  readonly network: string;
  readonly dataset: DatasetArguments;
  readonly confs: ConfigPaths;
}

/**
 * Opens the data set, runs all tests, and leaves their logs in the run's folder.
 *
 * @param onResult is called at the end of each test
 */
export async function runInFolder(
  { network, dataset: datasetArguments, confs, ...requested }: RequestedRun,
  runFolder: string,
  onResult: (test: MeasuredTest) => void,
): Promise<void> {
  const { system, reportedSutName, tests, quick } = requested;
  const datasetOptions = { ...datasetArguments, ...(quick ? { spread: QUICK_PAIRS } : {}) };
  const run = async (signal: AbortSignal): Promise<void> => {
    const dataset = await openBenchmarkDataset(datasetOptions, tests, signal);
    const { name, totalSampleCount } = dataset.library;
    const isReplaced = existsSync(join(runFolder, RUN_JSON));
    const replaced = isReplaced ? ' (replacing those of an earlier run of the same tests)' : '';
    console.error(
      `${network} with ${reportedSutName} on ${totalSampleCount} pairs of ${name}, logs in ${runFolder}${replaced}`,
    );
    const request = runRequestOf(system, reportedSutName, datasetArguments);
    const runId = describeRun(runFolder, { network, reportedSutName, quick, dataset, request, tests });
    copyConfigFiles(runFolder, confs);
    await runBenchmark({ ...requested, runFolder, runId, dataset, datasetOptions, signal, onResult });
  };
  await interruptible((signal) => withRunFolder(runFolder, () => run(signal)), FACES_KEPT);
}
