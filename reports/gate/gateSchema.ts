/** Whether changes go beyond thresholds: what `compare --fail-if` decides, as JSON states it. */
import { z } from 'zod';

export const OUTCOMES = ['exceeded', 'kept', 'not shown', 'cannot tell'] as const;

export const gateSchema = z.strictObject({
  /** Whether a threshold is exceeded: the command ends with exit code 4. */
  failed: z.boolean(),
  /** One for each threshold, scenario and system compared with the baseline. */
  results: z.array(
    z.strictObject({
      threshold: z.string(),
      scenario: z.string(),
      figure: z.string(),
      name: z.string(),
      outcome: z.enum(OUTCOMES),
      /** In percent, or in percentage points where the threshold is; null where it is not known. */
      change: z.number().nullable(),
      /** Encloses the true change. */
      interval: z.tuple([z.number(), z.number()]).nullable(),
      unit: z.enum(['%', 'points']),
      /** Why it cannot be told. */
      reason: z.string().nullable(),
    }),
  ),
});

export type Gate = z.infer<typeof gateSchema>;
export type GateResult = Gate['results'][number];
