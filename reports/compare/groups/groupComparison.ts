/** What several runs of one system against several of another show: what `compare --against --json` prints. */
import { z } from 'zod';
import { RATIO_VERDICTS } from '../../figures/ratioVerdict.js';
import { FIGURE_UNITS, runSchema } from '../../figures/runRecord.js';
import { gateSchema } from '../../gate/gateSchema.js';
import type { Warning } from '../comparison.js';

export const GROUP_VERDICTS = [...RATIO_VERDICTS, 'higher', 'lower'] as const;

const groupFigureSchema = z.strictObject({
  /** Runs that have the figure, in a VALID test. */
  runs: z.int().positive(),
  /** The geometric mean over these. */
  value: z.number(),
  lowest: z.number(),
  highest: z.number(),
});

const figureSchema = z.strictObject({
  name: z.string(),
  unit: z.enum(FIGURE_UNITS),
  /** Of the baseline and of the other group; null where none of its runs has the figure. */
  groups: z.tuple([groupFigureSchema.nullable(), groupFigureSchema.nullable()]),
  /** Of the other group's value to the baseline's. */
  ratio: z.number().nullable(),
  /** Of the ratio; null where the spread between runs is not known. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Null where there is no interval. */
  verdict: z.enum(GROUP_VERDICTS).nullable(),
});

const groupSchema = z.strictObject({ name: z.string(), runs: z.array(runSchema) });

export const groupComparisonSchema = z.strictObject({
  version: z.literal(1),
  /** Of all intervals together. */
  confidence: z.number(),
  /** The baseline, and what is compared with it. */
  groups: z.tuple([groupSchema, groupSchema]),
  scenarios: z.array(z.strictObject({ scenario: z.string(), figures: z.array(figureSchema) })),
  /** What makes runs hard or impossible to compare. */
  warnings: z.array(
    z.strictObject({
      /** Index of the group. */
      group: z.int().nonnegative(),
      /** How many of its runs. */
      runs: z.int().positive(),
      scenarios: z.array(z.string()),
      code: z.string(),
      message: z.string(),
    }),
  ),
  /** Of the thresholds that were given; absent without any. */
  gate: gateSchema.optional(),
});

export type GroupComparison = z.infer<typeof groupComparisonSchema>;
export type GroupFigure = z.infer<typeof figureSchema>;

/** The same warning of several runs of a group is one. The first `baseCount` runs are the baseline's. */
export function groupWarnings(ofRuns: readonly Warning[], baseCount: number): GroupComparison['warnings'] {
  const warnings = new Map<string, GroupComparison['warnings'][number]>();
  for (const { run, scenarios, code, message } of ofRuns) {
    const group = run < baseCount ? 0 : 1;
    const key = [group, code, message, ...scenarios].join('\n');
    const known = warnings.get(key);
    warnings.set(key, { group, runs: (known?.runs ?? 0) + 1, scenarios, code, message });
  }
  return [...warnings.values()];
}
