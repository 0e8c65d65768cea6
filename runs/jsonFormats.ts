/** What stands in the JSON files of a run's folder. */
import { z } from 'zod';
import { printable } from '../base/text.js';

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
export const runJsonSchema = z.object({
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

/** What is to be written, without the version. */
export type NewRunJson = Omit<z.input<typeof runJsonSchema>, 'version'>;

/** The text of `run.json`. */
export function runJsonText(run: NewRunJson): string {
  return jsonText({ version: 1, ...run });
}

/** JSON as it stands in a file. */
export function jsonText(content: unknown): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** What is known of the pair of faces that one query sample stands for. A pair's place in the list is its index. */
export interface LabelledPair {
  /** Whether both faces are of one person. */
  readonly same: boolean;
  /** The set of the data set's protocol that the pair belongs to; LFW has ten. */
  readonly set: number;
  readonly nameA: string;
  readonly nameB: string;
}

export const pairsSchema = z.array(
  z.object({ same: z.boolean(), set: z.number(), nameA: z.string(), nameB: z.string() }),
);

export const judgingSchema = z.strictObject({
  version: z.literal(1),
  /** The network that answered. */
  network: z.string(),
  /** float32 values in the feature of one face: those of the image, then those of its mirror image. */
  featureValues: z.int().min(1),
  /** On the angle, 0 to 1: the same person if it is less. */
  threshold: z.number().min(0).max(1),
  /** Where the threshold comes from. */
  thresholdOrigin: z.string(),
});

/** What a run's answers are judged by, beyond the accuracy log and the pairs. */
export type Judging = z.infer<typeof judgingSchema>;

function printableFacts(facts: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [printable(key, 100), printable(String(value))]),
  );
}
