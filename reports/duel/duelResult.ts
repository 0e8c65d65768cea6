/** The result of a duel: what `loadgen duel --json` prints, and what its table and page are made from. */
import { z } from 'zod';
import { DUEL_ENDS, DUEL_SCENARIOS } from '../../runs/duelJson.js';
import { RATIO_VERDICTS } from '../figures/ratioVerdict.js';
import { gateSchema } from '../gate/gateSchema.js';

export const DUEL_VERDICTS = ['baseline', ...RATIO_VERDICTS, 'too few rounds'] as const;

const texts = z.record(z.string(), z.string());

const valueSchema = z.strictObject({
  /** The geometric mean of what the rounds measured. */
  value: z.number(),
  /** To the baseline's value. */
  ratio: z.number(),
  /** Encloses the true ratio; null where fewer than two rounds allow none. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Whether the interval is as narrow as was asked for. */
  precise: z.boolean(),
  verdict: z.enum(DUEL_VERDICTS),
});

const figureSchema = z.strictObject({
  name: z.string(),
  unit: z.enum(['ns', 'samples/s']),
  /** By contestant; null for one that left, and before the first observation. */
  values: z.array(valueSchema.nullable()),
});

export const duelResultSchema = z.strictObject({
  version: z.literal(1),
  /** That none of the verdicts is wrong. */
  confidence: z.number(),
  network: z.string(),
  startedAt: z.string(),
  seed: z.int(),
  /** The half width, as a share, that was asked for. */
  precision: z.number(),
  timeLimitMs: z.number(),
  system: texts,
  dataset: z.strictObject({ name: z.string(), sha256: z.string(), pairs: z.int() }),
  contestants: z.array(
    z.strictObject({
      name: z.string(),
      folder: z.string(),
      configuration: texts,
      accuracy: z.strictObject({ correct: z.int(), pairs: z.int(), share: z.number() }).nullable(),
      fault: z.string().nullable(),
    }),
  ),
  /** Index of the contestant that the others are compared with: the first one that stayed. Null if none did. */
  baseline: z.int().nullable(),
  scenarios: z.array(
    z.strictObject({
      scenario: z.enum(DUEL_SCENARIOS),
      end: z.enum(DUEL_ENDS),
      durationMs: z.number(),
      rounds: z.int(),
      samplesPerRound: z.int(),
      figures: z.array(figureSchema),
    }),
  ),
  /** Of the thresholds that were given to `compare`; absent without any. */
  gate: gateSchema.optional(),
});

export type DuelResult = z.infer<typeof duelResultSchema>;
export type DuelFigure = z.infer<typeof figureSchema>;
export type DuelValue = z.infer<typeof valueSchema>;
