/** The results of runs, duels and published submissions: what `loadgen results --json` prints, and what all else is made from. */
import { z } from 'zod';
import { figureSchema } from '../figures/measurement.js';
import { testSchema } from '../figures/runRecord.js';

export const SYSTEM_KINDS = ['run', 'duel', 'submission', 'logs'] as const;

const { scenario, sutName, validity, invalidReasons } = testSchema.shape;

/** What a scenario's tests in one place state: usually a performance test and an accuracy test. */
const scenarioResultSchema = z.strictObject({
  scenario,
  /** As it was named, with slashes: that of the scenario, of the test where it has several of a kind, or of the duel. */
  folder: z.string(),
  sutName,
  /** Null in a duel, which has no logs of its speed. */
  loadgenVersion: z.string().nullable(),
  /** Null for accuracy alone, and in a duel: the LoadGen's rules do not judge its rounds. */
  validity,
  invalidReasons,
  figures: z.array(figureSchema),
  /** Null where there is none, or it is not of pairs of faces. */
  accuracy: z
    .strictObject({
      correct: z.int().nonnegative(),
      pairs: z.int().positive(),
      /** Of pairs decided correctly, 0 to 1; null where a response gave no angle. */
      share: z.number().nullable(),
    })
    .nullable(),
  /**
   * Whether no other system of the benchmark is as fast and as accurate, and better in one of both. Never where INVALID,
   * and never where it is the only one.
   */
  onFront: z.boolean(),
  remarks: z.array(z.string()),
});

const systemSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(SYSTEM_KINDS),
  /** As it was named, with slashes. */
  folder: z.string(),
  /** The part of its folder below the one that was named, or that one's own name: it does not tell whose machine it is. */
  label: z.string(),
  startedAt: z.string().nullable(),
  processor: z.string().nullable(),
  /** Whether it was measured with --quick: too short for a result. Null where that is not known. */
  quick: z.boolean().nullable(),
  results: z.array(scenarioResultSchema),
});

/** Systems whose speeds and accuracies are of the same task: one network and one data set. */
const benchmarkSchema = z.strictObject({
  /** Null where the logs do not say it. */
  network: z.string().nullable(),
  data: z.strictObject({
    name: z.string().nullable(),
    sha256: z.string().nullable(),
    /** Pairs, in this benchmark. */
    samples: z.number().nullable(),
  }),
  systems: z.array(systemSchema),
});

export const resultsSchema = z.strictObject({
  version: z.literal(1),
  /** As they were named. */
  folders: z.array(z.string()),
  benchmarks: z.array(benchmarkSchema),
  /** Tests of compliance, which are left out: they are no results. */
  audits: z.int().nonnegative(),
  /** Folders that cannot be read or hold nothing of this kind, and why. */
  unreadable: z.array(z.strictObject({ folder: z.string(), reason: z.string() })),
});

export type ScenarioResult = z.infer<typeof scenarioResultSchema>;
export type SystemResults = z.infer<typeof systemSchema>;
export type BenchmarkResults = z.infer<typeof benchmarkSchema>;
export type Results = z.infer<typeof resultsSchema>;
export type Unreadable = Results['unreadable'][number];
