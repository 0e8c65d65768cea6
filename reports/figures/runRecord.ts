/** What is known of a run from its logs, as reports in JSON state it. */
import { z } from 'zod';

export const FIGURE_UNITS = ['ns', 'samples/s', 'correct share'] as const;
export type FigureUnit = (typeof FIGURE_UNITS)[number];

const texts = z.record(z.string(), z.string());

const machineSchema = z.strictObject({
  stolenShare: z.number().optional(),
  otherShare: z.number().optional(),
  throttledShare: z.number().optional(),
  processorLimit: z.number().optional(),
  startFrequencyMhz: z.number().optional(),
  endFrequencyMhz: z.number().optional(),
  heatThrottles: z.number().optional(),
  temperatureC: z.number().optional(),
  loadAverage: z.number().optional(),
  governor: z.string().optional(),
});

export const testSchema = z.strictObject({
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
  /** Null for a whole accuracy run: it is judged by its accuracy. */
  validity: z.enum(['VALID', 'INVALID']).nullable(),
  invalidReasons: z.array(z.string()),
  errorMessages: z.array(z.string()),
  /** What to know of its files: sentences without a full stop. */
  remarks: z.array(z.string()),
  /** Times in which nothing ran: the machine slept or the process was stopped. From the series' start; absent if none. */
  pauses: z.array(z.strictObject({ startMs: z.number(), durationMs: z.number() })).optional(),
  /** What else took the machine's time, in a performance test of ours: shares are of 1. */
  machine: machineSchema.optional(),
  /** Informative. Absent where no counter could be read. */
  energy: z
    .strictObject({
      joules: z.number(),
      joulesPerSample: z.number(),
      /** What an idle machine would have used in the same time; null where that is not known. */
      idleShare: z.number().nullable(),
      source: z.string(),
    })
    .optional(),
  /** What became of requests to a server that counts them, times as means of one. Absent where none told. */
  server: z
    .strictObject({
      requests: z.number(),
      roundTripNs: z.number(),
      servedRequests: z.number(),
      servedNs: z.number(),
      queueNs: z.number(),
    })
    .optional(),
  /** The step of a clock that is coarse beside the median latency. Absent where it is not. */
  coarseClock: z.strictObject({ stepNs: z.number(), medianNs: z.number() }).optional(),
  /** How many times as long queries took in the last quarter as in the first, where that is a trend. Absent if none. */
  latencyTrend: z.number().optional(),
  /** Where the latencies come from that intervals are made of. */
  latencies: z.enum(['latency log', 'trace']).nullable(),
});

const missingTestSchema = z.strictObject({
  scenario: z.string(),
  /** Null where its folder does not say it. */
  mode: z.string().nullable(),
  reason: z.string(),
});

export const runSchema = z.strictObject({
  folder: z.string(),
  /** From run.json, which only our runs have. */
  quick: z.boolean().nullable(),
  system: texts.nullable(),
  tests: z.array(testSchema),
  /** What it was to measure and has not left whole. Absent if nothing is missing. */
  missing: z.array(missingTestSchema).optional(),
});

export type MissingTest = z.infer<typeof missingTestSchema>;
export type RunRecord = z.infer<typeof runSchema>;
export type TestRecord = z.infer<typeof testSchema>;
