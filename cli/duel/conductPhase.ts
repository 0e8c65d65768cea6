import type { Clock } from '../../base/clock.js';
import { type LoadGenError, loadGenErrorOf } from '../../base/errors.js';
import { shuffle } from '../../loadgen/random/distributions.js';
import type { MersenneTwister } from '../../loadgen/random/mersenneTwister.js';
import { LEAST_OBSERVATIONS } from '../../reports/duel/ratioInterval.js';
import type { DuelEnd, DuelPhase, DuelRound, DuelScenario } from '../../runs/duelJson.js';
import type { Contestant } from './rounds.js';

/** A contestant in the race; undefined once it has left. */
export type Racer = Contestant | undefined;

export interface PhaseOptions {
  readonly scenario: DuelScenario;
  /** By contestant. Those that fail are closed and replaced by undefined. */
  readonly racers: Racer[];
  /** The fewest pairs that keep each of a contestant's workers busy, by contestant. */
  readonly leastSamples: readonly number[];
  readonly clock: Pick<Clock, 'nowNs'>;
  /** On that clock. */
  readonly deadlineNs: number;
  /** Draws turns and pairs. */
  readonly random: MersenneTwister;
  readonly signal: AbortSignal;
  readonly onFault: (contestant: number, reason: LoadGenError) => void;
  readonly onRound: () => void;
  /** Called from time to time, with all rounds so far; tells whether the duel is decided. */
  readonly isDecided: (phase: DuelPhase) => boolean;
}

/**
 * How long a contestant's turn should last. As short as one pair allows: on a shared machine, speed changes by more from one
 * second to the next than within a turn, and only what meets all contestants alike cancels out.
 */
export const TURN_NS = 100e6;
/** A median of fewer is hardly one. Pairs of which no two fit into a turn are answered in several turns of a round. */
const MIN_SAMPLES = 3;
const MAX_SAMPLES = 1000;
/** In Offline. */
const MIN_SAMPLES_OF_WORKER = 4;
/** Whether all is decided is looked at after so much more of the rounds than at the last look. */
const LOOK_GROWTH = 0.05;

/**
 * Measures the contestants in rounds, in turns of a new random order and with the same pairs for all, until the phase is
 * decided, its time is up and there are as many rounds as a verdict needs, fewer than two are left, or the signal aborts. Undefined if nothing was measured.
 */
export async function conductPhase(options: PhaseOptions): Promise<DuelPhase | undefined> {
  const { scenario, clock, racers, deadlineNs, signal } = options;
  const startedNs = clock.nowNs();
  const pairNs = await measurePairNs(options);
  const turns = turnsOfRound(pairNs, scenario === 'Offline' ? options.leastSamples : []);
  const samplesPerRound = turns.count * turns.samples;
  const rounds: DuelRound[] = [];
  let nextLook = LEAST_OBSERVATIONS;
  const phaseWith = (end: DuelEnd): DuelPhase => {
    return { scenario, end, durationMs: Math.round((clock.nowNs() - startedNs) / 1e6), samplesPerRound, rounds };
  };
  const ended = (): DuelEnd | undefined => {
    if (signal.aborted) return 'interrupted';
    if (count(racers) < 2) return 'left';
    if (rounds.length >= nextLook) {
      nextLook = rounds.length + Math.ceil(rounds.length * LOOK_GROWTH);
      if (options.isDecided(phaseWith('time'))) return 'precision';
    }
    return rounds.length >= LEAST_OBSERVATIONS && clock.nowNs() >= deadlineNs ? 'time' : undefined;
  };
  for (;;) {
    const end = ended();
    if (end !== undefined) return rounds.length === 0 ? undefined : phaseWith(end);
    const round = await measureRound(options, turns);
    // What an interruption has cut short is no round.
    if (!signal.aborted) rounds.push(round);
    options.onRound();
  }
}

/** What a pair takes each contestant, which also finds those that cannot be measured at all. */
async function measurePairNs(options: PhaseOptions): Promise<number[]> {
  const pairNs: number[] = [];
  for (const contestant of options.racers.keys()) {
    const samples = Math.max(MIN_SAMPLES, options.leastSamples[contestant] ?? 0);
    const latenciesNs = await takeTurn(options, contestant, samples, options.random.next());
    if (latenciesNs !== null) pairNs.push(latenciesNs.reduce((sum, latencyNs) => sum + latencyNs, 0) / samples);
  }
  return pairNs;
}

/** What a round asks of each contestant. */
interface Turns {
  readonly count: number;
  /** Pairs in a turn. */
  readonly samples: number;
}

/**
 * As many pairs as the contestants answer in their turns on average. In one query, as many for each worker of a contestant,
 * and several: at its end a worker waits for the others, which a long query hardly notices.
 */
function turnsOfRound(pairNs: readonly number[], workers: readonly number[]): Turns {
  const sumNs = pairNs.reduce((sum, ns) => sum + ns, 0);
  const wanted = (TURN_NS * pairNs.length) / sumNs;
  const samples = Math.max(1, Math.min(MAX_SAMPLES, Number.isFinite(wanted) ? Math.round(wanted) : 0));
  if (workers.length === 0) return { count: Math.ceil(MIN_SAMPLES / samples), samples };
  const multiple = Math.min(commonMultiple(workers), MAX_SAMPLES);
  return { count: 1, samples: multiple * Math.max(MIN_SAMPLES_OF_WORKER, Math.round(samples / multiple)) };
}

/** The least number that each of these divides. */
function commonMultiple(numbers: readonly number[]): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  return numbers.reduce((multiple, number) => (multiple * number) / divisor(multiple, number), 1);
}

async function measureRound(options: PhaseOptions, { count, samples }: Turns): Promise<DuelRound> {
  const { racers, random } = options;
  const order: number[] = [];
  const latenciesNs: (number[] | null)[] = racers.map((racer) => (racer === undefined ? null : []));
  for (let turn = 0; turn < count; turn++) {
    const contestants = Uint32Array.from([...racers.keys()].filter((contestant) => racers[contestant] !== undefined));
    shuffle(random, contestants);
    const seed = random.next();
    for (const contestant of contestants) {
      order.push(contestant);
      const turnNs = await takeTurn(options, contestant, samples, seed);
      latenciesNs[contestant] = turnNs === null ? null : [...(latenciesNs[contestant] ?? []), ...turnNs];
    }
  }
  return { order, latenciesNs };
}

/** Null for one that has left, or leaves. */
async function takeTurn(
  { scenario, racers, leastSamples, signal, onFault }: PhaseOptions,
  contestant: number,
  samples: number,
  seed: number,
): Promise<number[] | null> {
  const racer = racers[contestant];
  if (racer === undefined || signal.aborted) return null;
  const warmUpSamples = leastSamples[contestant] ?? 1;
  try {
    return (await racer.measure({ scenario, samples, seed, warmUpSamples })).latenciesNs;
  } catch (thrown) {
    racers[contestant] = undefined;
    const reason = loadGenErrorOf(thrown);
    if (reason === undefined) throw thrown;
    if (!signal.aborted) onFault(contestant, reason);
    await racer.close();
    return null;
  }
}

function count(racers: readonly Racer[]): number {
  return racers.filter((racer) => racer !== undefined).length;
}
