import { median } from 'd3-array';
import { type LoadGenError, loadGenErrorOf } from '../../base/errors.js';
import { PAIR_IMAGES } from '../../base/pairLayout.js';
import { shuffle } from '../../loadgen/random/distributions.js';
import { MersenneTwister } from '../../loadgen/random/mersenneTwister.js';
import type { Contestant } from '../duel/rounds.js';

/** What became of a system that was to be measured. */
export type Outcome = { readonly inferenceMs: number } | { readonly fault: LoadGenError };

interface TurnsOptions {
  readonly signal: AbortSignal;
  /** Called after each turn with the share that is done. */
  readonly onTurn: (share: number) => void;
}

const ROUNDS = 5;
/** How long a turn should last. Short, so that what disturbs the machine meets all systems alike. */
const TURN_NS = 200e6;
/** A system whose pair takes longer is asked for one alone: it would keep all others waiting. */
const SLOW_PAIR_NS = 2e9;
const MAX_SAMPLES = 1000;

/**
 * The median time of an inference of each system: first each answers a pair, for which it is created, then they take turns
 * in rounds of a random order. Those that fail leave, and the others go on.
 */
export async function measureInTurns(
  contestants: readonly Contestant[],
  { signal, onTurn }: TurnsOptions,
): Promise<Outcome[]> {
  const random = new MersenneTwister(0);
  const faults = new Map<number, LoadGenError>();
  const latenciesNs = contestants.map((): number[] => []);
  const allTurns = contestants.length * (1 + ROUNDS);
  let turns = 0;

  const takeTurn = async (index: number, samples: number): Promise<void> => {
    signal.throwIfAborted();
    if (samples > 0 && !faults.has(index)) {
      try {
        const request = { scenario: 'SingleStream' as const, samples, seed: random.next(), warmUpSamples: 1 };
        const answer = await contestants[index]?.measure(request);
        latenciesNs[index]?.push(...(answer?.latenciesNs ?? []));
      } catch (thrown) {
        signal.throwIfAborted();
        const reason = loadGenErrorOf(thrown);
        if (reason === undefined) throw thrown;
        faults.set(index, reason);
      }
    }
    onTurn(++turns / allTurns);
  };

  for (const index of contestants.keys()) await takeTurn(index, 1);
  const samples = latenciesNs.map(([pairNs = 0]) => samplesOfTurn(pairNs));
  for (let round = 0; round < ROUNDS; round++) {
    const order = Uint32Array.from(contestants.keys());
    shuffle(random, order);
    for (const index of order) await takeTurn(index, samples[index] ?? 0);
  }
  return latenciesNs.map((ofSystem, index) => {
    const fault = faults.get(index);
    return fault === undefined ? { inferenceMs: (median(ofSystem) ?? 0) / PAIR_IMAGES / 1e6 } : { fault };
  });
}

function samplesOfTurn(pairNs: number): number {
  if (pairNs > SLOW_PAIR_NS) return 0;
  return Math.max(1, Math.min(MAX_SAMPLES, Math.round(TURN_NS / pairNs)));
}
