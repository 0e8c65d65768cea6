import { z } from 'zod';
import { FETCHED_DATASETS, SYNTHETIC_DATASET } from '../../qsl/datasets/datasetFolder.js';
import { PRECISIONS } from '../../sut/engine.js';
import type { DatasetArguments } from '../datasetOptions.js';
import type { SystemChoice } from './systemChoice.js';

/**
 * What was asked for when a run was made, so that an audit can be made alike. Paths are left out, since they may name
 * the owner of the machine: who makes the audit gives them again, and digests tell whether they are the same.
 */
export type RunRequest = z.infer<typeof runRequestSchema>;

export const runRequestSchema = z.strictObject({
  /** Null: a plugin, given by path or package. */
  sut: z.string().nullable(),
  /** Whether a file was given with --model. */
  ownModel: z.boolean(),
  precision: z.enum(PRECISIONS).nullable(),
  workers: z.int().nullable(),
  threads: z.int().nullable(),
  batch: z.int().nullable(),
  /** Whether the system was measured without having embedded reference faces first. */
  unverified: z.boolean().default(false),
  /** Null: given by path. */
  dataset: z.string().nullable(),
  /** Whether a file was given with --pairs-file. */
  ownPairsFile: z.boolean(),
  pairs: z.int().nullable(),
  set: z.int().nullable(),
  skipMissing: z.boolean(),
});

/** @param reportedSutName what reports call the system: another name than the given one is a plugin's */
export function runRequestOf(system: SystemChoice, reportedSutName: string, dataset: DatasetArguments): RunRequest {
  return {
    sut: system.sutName === reportedSutName ? reportedSutName : null,
    ownModel: system.modelFile !== undefined,
    precision: system.precision ?? null,
    workers: system.workers ?? null,
    threads: system.threads ?? null,
    batch: system.batch ?? null,
    unverified: system.unverified,
    dataset: isNamedDataset(dataset.dataset) ? dataset.dataset : null,
    ownPairsFile: dataset.pairsFile !== undefined,
    pairs: dataset.pairs ?? null,
    set: dataset.set ?? null,
    skipMissing: dataset.skipMissing,
  };
}

function isNamedDataset(dataset: string): boolean {
  return [SYNTHETIC_DATASET, ...FETCHED_DATASETS].some((name) => name === dataset);
}
