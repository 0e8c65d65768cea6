/** What a duel and the processes of its contestants say to each other. */
import { z } from 'zod';
import { DUEL_SCENARIOS } from '../../runs/duelJson.js';

export const roundRequestSchema = z.object({
  scenario: z.enum(DUEL_SCENARIOS),
  /** How many pairs to answer: in SingleStream as many queries, in Offline one. */
  samples: z.int().positive(),
  /** Draws the pairs. */
  seed: z.int().nonnegative(),
  /** Answered before, untimed: other systems have used the machine meanwhile. */
  warmUpSamples: z.int().nonnegative(),
});

export const roundAnswerSchema = z.object({ latenciesNs: z.array(z.number().positive()).min(1) });

export type RoundRequest = z.infer<typeof roundRequestSchema>;
export type RoundAnswer = z.infer<typeof roundAnswerSchema>;

/** A system that is measured whenever it is its turn. */
export interface Contestant {
  /** @throws LoadGenError if it cannot be measured any more */
  measure(request: RoundRequest): Promise<RoundAnswer>;
  /** Never throws: what goes wrong is printed. */
  close(): Promise<void>;
}
