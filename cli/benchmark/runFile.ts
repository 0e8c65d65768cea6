import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { imageText } from '../../qsl/datasets/imageName.js';
import type { OpenedDataset, SkippedPair } from '../../qsl/openDataset.js';
import { RUN_JSON } from '../../runs/layout.js';
import { packageVersion } from '../ownPackage.js';
import { writeJson } from './runFolder.js';
import { type RunRequest, runRequestSchema } from './runRequest.js';

export interface RunFacts {
  readonly network: string;
  /** What reports call the system: a plugin's path would name the owner of the machine. */
  readonly reportedSutName: string;
  readonly quick: boolean;
  readonly dataset: OpenedDataset;
  readonly request: RunRequest;
}

/** Writes `run.json`: what was run, on what, and how it was asked for; nothing that names the machine's owner. */
export function writeRunFacts(
  runFolder: string,
  { network, reportedSutName, quick, dataset, request }: RunFacts,
): void {
  writeJson(runFolder, RUN_JSON, {
    version: 1,
    network,
    sut: reportedSutName,
    quick,
    system: systemFacts(),
    dataset: {
      name: dataset.library.name,
      sha256: dataset.digest,
      pairs: dataset.library.pairs.length,
      skipped: dataset.skipped.map(skippedPairText),
    },
    request,
  });
}

const madeRunSchema = z.object({
  version: z.literal(1),
  network: z.string(),
  sut: z.string(),
  quick: z.boolean(),
  dataset: z.object({ name: z.string(), sha256: z.string() }),
  request: runRequestSchema,
});

/** How a run was made. */
export type MadeRun = z.infer<typeof madeRunSchema>;

/** From a run's `run.json`. Throws `RUN_FILE`. */
export function readMadeRun(runFolder: string): MadeRun {
  const path = join(runFolder, RUN_JSON);
  try {
    return madeRunSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const fault = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
    throw new LoadGenError('RUN_FILE', `cannot read how the run was made from ${path}: ${fault}`, {
      hint: 'Name the folder of a run that "loadgen run" of this version has made.',
      cause,
    });
  }
}

/** What the machine is, without anything that names its owner. */
function systemFacts() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    logicalProcessors: availableParallelism(),
    platform: `${platform()} ${arch()}`,
    nodeVersion: process.version,
    loadgenPackageVersion: packageVersion(),
  };
}

/** Without the paths in the faults' messages: logs are published, and a path may name the owner of the machine. */
export function skippedPairText({ pair, faults }: SkippedPair): string {
  return `${imageText(pair.a)}, ${imageText(pair.b)}: ${faults.map(({ code }) => code).join(', ')}`;
}
