/** The result of a comparison: what `loadgen compare --json` prints, and what table and CSV are made from. */
import { z } from 'zod';
import { measurementSchema } from '../figures/measurement.js';
import { FIGURE_UNITS, runSchema } from '../figures/runRecord.js';
import { gateSchema } from '../gate/gateSchema.js';

/** One run of each system cannot tell which is faster: it knows nothing of what changes between runs. */
export const ONE_RUN = 'one run cannot tell';

export const VERDICTS = ['baseline', ONE_RUN, 'no difference shown', 'higher', 'lower', 'equal'] as const;

const valueSchema = z.strictObject({
  ...measurementSchema.shape,
  /** To the baseline's value. */
  ratio: z.number().nullable(),
  /** Null where no interval, or no baseline, allows one. */
  verdict: z.enum(VERDICTS).nullable(),
});

const figureSchema = z.strictObject({
  name: z.string(),
  unit: z.enum(FIGURE_UNITS),
  /** One for each run, in their order; null where the run has none. */
  values: z.array(valueSchema.nullable()),
});

const warningSchema = z.strictObject({
  /** Index of the run that is warned of. */
  run: z.int().nonnegative(),
  scenarios: z.array(z.string()),
  code: z.string(),
  message: z.string(),
});

export const comparisonSchema = z.strictObject({
  version: z.literal(1),
  /** Of every interval. */
  confidence: z.number(),
  /** In the order they were named; the first is the baseline. */
  runs: z.array(runSchema),
  scenarios: z.array(z.strictObject({ scenario: z.string(), figures: z.array(figureSchema) })),
  /** What makes runs hard or impossible to compare. */
  warnings: z.array(warningSchema),
  /** Of the thresholds that were given; absent without any. */
  gate: gateSchema.optional(),
});

export type Comparison = z.infer<typeof comparisonSchema>;
export type ComparedFigure = z.infer<typeof figureSchema>;
export type ComparedValue = z.infer<typeof valueSchema>;
export type Warning = z.infer<typeof warningSchema>;
