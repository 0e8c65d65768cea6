import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LoadGenError } from '../base/errors.js';
import { printable } from '../base/text.js';
import { readJsonFile } from '../platform/node/jsonFile.js';
import { RUN_JSON } from './layout.js';
import { writeJson } from './runFolder.js';

/** Thousands of skipped pairs may be named. */
const MAX_BYTES = 1 << 26;

const text = z.string().transform((value) => printable(value));

/**
 * What was asked for, so that an audit can run the same again; null where a default was taken. Paths are left out, since
 * they may name the owner of the machine: whoever runs it again supplies them, and digests tell whether they are the same.
 */
const requestSchema = z.object({
  /** Null: a plugin, given by path or package. */
  sut: text.nullable(),
  /** Whether a file was given with --model. */
  ownModel: z.boolean(),
  precision: text.nullable(),
  workers: z.int().nullable(),
  threads: z.int().nullable(),
  batch: z.int().nullable(),
  device: text.nullable().default(null),
  provider: text.nullable().default(null),
  /** Untimed samples in each worker before a performance test. */
  warmUp: z.int().nonnegative().default(0),
  /** Whether the system was measured without having embedded reference faces first. */
  unverified: z.boolean().default(false),
  /** Null: given by path. */
  dataset: text.nullable(),
  /** Whether a file was given with --pairs-file. */
  ownPairsFile: z.boolean(),
  pairs: z.int().nullable(),
  set: z.int().nullable(),
  skipMissing: z.boolean(),
  /** Whether images were turned as their EXIF data say. */
  applyOrientation: z.boolean().default(false),
});

/** Runs of earlier versions lack what is optional here. */
const runJsonSchema = z.object({
  version: z.literal(1),
  network: text.optional(),
  /** Also in the detail logs of its tests: a folder may hold those of an earlier run beside them. */
  id: text.optional(),
  /** What it was to measure. */
  planned: z.array(z.object({ scenario: text, mode: text })).default([]),
  /** What reports call the system: a plugin's path would name the owner of the machine. */
  sut: text.optional(),
  quick: z.boolean().default(false),
  /** Processor, platform, versions. */
  system: z.record(z.string(), z.union([z.string(), z.number()])).transform(printableFacts),
  dataset: z
    .object({
      name: text,
      sha256: text,
      pairs: z.int().nonnegative(),
      /** Pairs that were left out, with the faults of their images. */
      skipped: z.array(text),
    })
    .optional(),
  request: requestSchema.optional(),
});

/** `run.json`: what was run, on what, and how it was asked for. Its texts are printable. */
export type RunJson = z.output<typeof runJsonSchema>;
export type RunRequest = z.output<typeof requestSchema>;
/** A run that says all that it takes to make it again. */
export type RepeatableRun = RunJson & {
  readonly [Key in 'network' | 'sut' | 'dataset' | 'request']: NonNullable<RunJson[Key]>;
};

/** @throws RUN_FOLDER if it cannot be written */
export function writeRunJson(runFolder: string, run: Omit<z.input<typeof runJsonSchema>, 'version'>): void {
  writeJson(runFolder, RUN_JSON, { version: 1, ...run });
}

/**
 * Undefined where there is none, as in the folder of an official run.
 *
 * @throws RUN_JSON if it cannot be read, is damaged or of a later version
 */
export async function readRunJson(runFolder: string): Promise<RunJson | undefined> {
  const file = join(runFolder, RUN_JSON);
  if (!existsSync(file)) return undefined;
  const read = await readJsonFile(file, runJsonSchema, MAX_BYTES);
  if ('fault' in read) throw runJsonError(file, read.fault);
  return read.content;
}

/** @throws RUN_JSON as `readRunJson`, and if there is none or it does not say how the run was made */
export async function readRepeatableRun(runFolder: string): Promise<RepeatableRun> {
  const file = join(runFolder, RUN_JSON);
  const run = await readRunJson(runFolder);
  if (run === undefined) throw runJsonError(file, 'no such file');
  const { network, sut, dataset, request } = run;
  if (network !== undefined && sut !== undefined && dataset !== undefined && request !== undefined)
    return { ...run, network, sut, dataset, request };
  throw runJsonError(file, 'no network, sut, dataset or request');
}

function printableFacts(facts: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [printable(key, 100), printable(String(value))]),
  );
}

function runJsonError(file: string, found: string): LoadGenError {
  return new LoadGenError('RUN_JSON', `${file}: found ${found}, expected what "loadgen run" writes, of version 1`, {
    hint: 'Name the folder of a run that "loadgen run" of this version has made.',
  });
}
