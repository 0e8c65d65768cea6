import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LoadGenError } from '../base/errors.js';
import { printable } from '../base/text.js';
import { readJsonFile } from '../platform/node/jsonFile.js';
import { DUEL_JSON } from './layout.js';
import { writeJson } from './runFolder.js';

/** Rounds of an hour, with their latencies. */
const MAX_BYTES = 1 << 28;

export const DUEL_SCENARIOS = ['SingleStream', 'Offline'] as const;
export type DuelScenario = (typeof DUEL_SCENARIOS)[number];

/** `precision`: every interval is narrow enough. `left`: fewer than two contestants were left. */
export const DUEL_ENDS = ['precision', 'time', 'left', 'interrupted'] as const;

const text = z.string().transform((value) => printable(value));

const contestantSchema = z.object({
  /** As typed, without the folders of paths; a number behind it tells contestants of one text apart. */
  name: text,
  /** Its run with the accuracy test, beside duel.json. */
  folder: text,
  /** What the system says of itself; empty if it was never created. */
  configuration: z.record(z.string(), z.union([text, z.number(), z.boolean()])),
  accuracy: z.object({ correct: z.int().nonnegative(), pairs: z.int().positive() }).nullable(),
  /** Why it left the duel; null if it stayed to the end. */
  fault: text.nullable(),
});

const phaseSchema = z.object({
  scenario: z.enum(DUEL_SCENARIOS),
  end: z.enum(DUEL_ENDS),
  durationMs: z.number().nonnegative(),
  /** Pairs that each contestant answers in a round: in queries of one, or in Offline's one query. */
  samplesPerRound: z.int().positive(),
  /**
   * What each round measured, by contestant: nanoseconds of each of SingleStream's queries in the order of issue, of the
   * one query in Offline. Null for a contestant that has left.
   */
  rounds: z.array(
    z.object({
      /** Contestants in the order of their turns. */
      order: z.array(z.int().nonnegative()),
      latenciesNs: z.array(z.array(z.number().positive()).nullable()),
    }),
  ),
});

const duelJsonSchema = z.object({
  version: z.literal(1),
  network: text,
  startedAt: text,
  /** Draws the turns and the samples. */
  seed: z.int().nonnegative(),
  /** The half width, as a share, at which every interval is narrow enough. */
  precision: z.number().positive(),
  timeLimitMs: z.number().positive(),
  scenarios: z.array(z.enum(DUEL_SCENARIOS)).min(1),
  /** Processor, platform, versions. */
  system: z.record(z.string(), z.union([text, z.number()])),
  dataset: z.object({ name: text, sha256: text, pairs: z.int().positive() }),
  contestants: z.array(contestantSchema).min(2),
  /** One for each scenario that was measured. */
  phases: z.array(phaseSchema),
});

/** `duel.json`: all that a duel has measured. */
export type DuelJson = z.output<typeof duelJsonSchema>;
export type DuelContestant = z.output<typeof contestantSchema>;
export type DuelPhase = z.output<typeof phaseSchema>;
export type DuelRound = DuelPhase['rounds'][number];
export type DuelEnd = (typeof DUEL_ENDS)[number];

export function isDuel(folder: string): boolean {
  return existsSync(join(folder, DUEL_JSON));
}

/** @throws RUN_FOLDER if it cannot be written */
export function writeDuelJson(folder: string, duel: Omit<DuelJson, 'version'>): void {
  writeJson(folder, DUEL_JSON, { version: 1, ...duel });
}

/** @throws DUEL_JSON if it is missing, damaged or of a later version */
export async function readDuelJson(folder: string): Promise<DuelJson> {
  const file = join(folder, DUEL_JSON);
  const read = await readJsonFile(file, duelJsonSchema, MAX_BYTES);
  const fault = 'fault' in read ? read.fault : misfit(read.content);
  if ('fault' in read || fault !== undefined) {
    throw new LoadGenError('DUEL_JSON', `${file}: found ${fault}, expected what "loadgen duel" writes, of version 1`, {
      hint: 'Name the folder of a duel that "loadgen duel" of this version has made.',
    });
  }
  return read.content;
}

/** What its schema cannot say. */
function misfit({ contestants, phases }: DuelJson): string | undefined {
  const isComplete = (round: DuelRound) => round.latenciesNs.length === contestants.length;
  return phases.every(({ rounds }) => rounds.every(isComplete))
    ? undefined
    : `a round without a place for each of ${contestants.length} contestants`;
}
