/** The result of one run: what `loadgen export --json` writes and `loadgen run --json` prints. */
import { z } from 'zod';
import { figureSchema } from '../figures/measurement.js';
import { runSchema, testSchema } from '../figures/runRecord.js';
import { totalsSchema } from './testTotals.js';

const accuracySchema = z.strictObject({
  correct: z.int().nonnegative(),
  pairs: z.int().positive(),
  /** Of pairs decided correctly, 0 to 1. */
  share: z.number().nullable(),
  /** Why there is no share. */
  noShare: z.string().nullable(),
  /** Of the angle, below which two faces were taken for one person; null where the folder does not say it. */
  threshold: z.number().nullable(),
  thresholdOrigin: z.string().nullable(),
  /** What the benchmark prescribes: `threshold` differs where somebody judged again by another one. */
  benchmarkThreshold: z.number().nullable(),
  /** What keeps the share from saying what it usually says, such as pairs of one kind. */
  remarks: z.array(z.string()),
});

const resultTestSchema = z.strictObject({
  ...testSchema.shape,
  /** From the run's folder; `.` is that folder. */
  folder: z.string(),
  /** Of a performance test; none where it was broken off. */
  figures: z.array(figureSchema),
  /** Null for accuracy tests, and where it was broken off. */
  totals: totalsSchema.nullable(),
  /** Null for performance tests, and where it was broken off or the logs do not tell. */
  accuracy: accuracySchema.nullable(),
});

export const runResultSchema = z.strictObject({
  version: z.literal(1),
  /** Of every interval. */
  confidence: z.number(),
  // The folder as it was given, in a file its name alone; then what run.json says, null in logs of the official LoadGen.
  ...runSchema.shape,
  network: z.string().nullable(),
  dataset: z
    .strictObject({
      name: z.string(),
      sha256: z.string(),
      pairs: z.int().nonnegative(),
      /** Pairs that were left out, with the faults of their images. */
      skipped: z.array(z.string()),
    })
    .nullable(),
  /** All that the folder holds, those of earlier runs into it included. */
  tests: z.array(resultTestSchema),
});

export type RunResult = z.infer<typeof runResultSchema>;
