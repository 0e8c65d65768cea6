/** The result of a comparison: what `loadgen compare --json` prints, and what table and CSV are made from. */
import { z } from 'zod';

export const VERDICTS = ['baseline', 'faster', 'slower', 'no difference shown', 'higher', 'lower', 'equal'] as const;

const texts = z.record(z.string(), z.string());

const testSchema = z.strictObject({
  scenario: z.string(),
  mode: z.string(),
  kind: z.enum(['performance', 'accuracy']),
  folder: z.string(),
  sutName: z.string(),
  /** `effective_*` lines of the detail log, without that prefix. */
  settings: texts,
  /** `sut_*` lines: engine, precision, threads, workers, the model's digest. Empty in logs of the official LoadGen. */
  configuration: texts,
  /** `dataset_*` and `qsl_*` lines. */
  data: texts,
  loadgenVersion: z.string(),
  startedAt: z.string().nullable(),
  /** Null for accuracy runs, which are judged by their accuracy. */
  validity: z.enum(['VALID', 'INVALID']).nullable(),
  invalidReasons: z.array(z.string()),
  errorMessages: z.array(z.string()),
  /** Where the latencies come from that intervals are made of. */
  latencies: z.enum(['latency log', 'trace']).nullable(),
});

const runSchema = z.strictObject({
  folder: z.string(),
  /** From run.json, which only our runs have. */
  quick: z.boolean().nullable(),
  system: texts.nullable(),
  tests: z.array(testSchema),
});

const valueSchema = z.strictObject({
  /** Null: not a number. */
  value: z.number().nullable(),
  /** Encloses the true figure with this result's confidence. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Why there is no interval. */
  noInterval: z.string().nullable(),
  /** To the baseline's value. */
  ratio: z.number().nullable(),
  /** Null where no interval, or no baseline, allows one. */
  verdict: z.enum(VERDICTS).nullable(),
});

const figureSchema = z.strictObject({
  name: z.string(),
  unit: z.enum(['ns', 'samples/s', 'correct share']),
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
});

export type Comparison = z.infer<typeof comparisonSchema>;
export type ComparedRun = z.infer<typeof runSchema>;
export type ComparedTest = z.infer<typeof testSchema>;
export type ComparedFigure = z.infer<typeof figureSchema>;
export type ComparedValue = z.infer<typeof valueSchema>;
export type Warning = z.infer<typeof warningSchema>;

/** For readers in other languages; `comparison.schema.json` holds it. */
export function comparisonJsonSchema(): object {
  return z.toJSONSchema(comparisonSchema);
}
