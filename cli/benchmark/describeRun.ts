import { randomUUID } from 'node:crypto';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { packageVersion } from '../../platform/node/packages.js';
import { DATASET_NAMES } from '../../qsl/datasets/datasetFolder.js';
import { imageText } from '../../qsl/datasets/imageName.js';
import type { OpenedDataset, SkippedPair } from '../../qsl/openDataset.js';
import type { RunRequest } from '../../runs/jsonFormats.js';
import { logNotes as notesOf } from '../../runs/logNotes.js';
import { writeRunJson } from '../../runs/runJson.js';
import type { SystemConfiguration } from '../../sut/closableSystemUnderTest.js';
import type { DatasetArguments } from '../datasetOptions.js';
import type { PlannedTest } from './planTests.js';
import type { SystemChoice } from './systemChoice.js';

export interface DescribedRun {
  readonly network: string;
  /** What reports call the system: a plugin's path would name the owner of the machine. */
  readonly reportedSutName: string;
  readonly quick: boolean;
  readonly dataset: OpenedDataset;
  readonly request: RunRequest;
  readonly tests: readonly PlannedTest[];
  /** Of the run that goes on; a new one without it. */
  readonly id?: string | undefined;
}

/**
 * Writes `run.json`, which names neither the machine's owner nor a path.
 *
 * @returns the run's id
 */
export function describeRun(
  runFolder: string,
  { network, reportedSutName, quick, dataset, request, tests, id = randomUUID() }: DescribedRun,
): string {
  writeRunJson(runFolder, {
    id,
    planned: tests.map(({ scenario, mode }) => ({ scenario, mode })),
    network,
    sut: reportedSutName,
    quick,
    system: machineFacts(),
    dataset: datasetFacts(dataset),
    request,
  });
  return id;
}

/** What the machine is, without a name or a path. */
export function machineFacts() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    logicalProcessors: availableParallelism(),
    platform: `${platform()} ${arch()}`,
    nodeVersion: process.version,
    loadgenPackageVersion: packageVersion(),
  };
}

/** @param reportedSutName what reports call the system: another name than the given one is a plugin's */
export function runRequestOf(
  system: SystemChoice,
  reportedSutName: string | undefined,
  dataset: DatasetArguments,
): RunRequest {
  const isNamedDataset = DATASET_NAMES.includes(dataset.dataset);
  return {
    sut: system.sutName === reportedSutName ? reportedSutName : null,
    ownModel: system.modelFile !== undefined,
    precision: system.precision ?? null,
    workers: system.workers ?? null,
    threads: system.threads ?? null,
    batch: system.batch ?? null,
    device: system.device ?? null,
    provider: system.provider ?? null,
    warmUp: system.warmUp,
    unverified: system.unverified,
    dataset: isNamedDataset ? dataset.dataset : null,
    ownPairsFile: dataset.pairsFile !== undefined,
    pairs: dataset.pairs ?? null,
    set: dataset.set ?? null,
    skipMissing: dataset.skipMissing,
    applyOrientation: dataset.applyOrientation,
  };
}

/** What an opened data set is, without a path. */
export function datasetFacts({ library, digest, skipped }: OpenedDataset) {
  return { name: library.name, sha256: digest, pairs: library.pairs.length, skipped: skipped.map(skippedPairText) };
}

/** Lines that we add to the detail log, of an opened data set. */
export function logNotes(
  dataset: OpenedDataset,
  configuration: SystemConfiguration,
  runId?: string,
): Record<string, string> {
  const { orientationApplied } = dataset;
  return notesOf({ dataset: { ...datasetFacts(dataset), orientationApplied }, configuration, runId });
}

/** Without the paths in the faults' messages: logs are published, and a path may name the owner of the machine. */
function skippedPairText({ pair, faults }: SkippedPair): string {
  return `${imageText(pair.a)}, ${imageText(pair.b)}: ${faults.map(({ code }) => code).join(', ')}`;
}
