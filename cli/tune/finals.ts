import { MersenneTwister } from '../../loadgen/random/mersenneTwister.js';
import { monotonicClock } from '../../platform/node/index.js';
import type { DuelFigure } from '../../reports/duel/duelResult.js';
import { isPrecise, judgePhase } from '../../reports/duel/judgeDuel.js';
import type { DuelPhase, DuelScenario } from '../../runs/duelJson.js';
import type { ClosableSystemUnderTest } from '../../sut/closableSystemUnderTest.js';
import { conductPhase } from '../duel/conductPhase.js';
import { latenciesOfTurn } from './measure.js';

/** How a finalist compares with the one that was chosen. */
export interface Standing {
  readonly pairNs: number;
  /** Of the time for a pair to the chosen one's, as a duel tells it of which that is the baseline; null where it does not. */
  readonly ratio: { readonly value: number; readonly interval: readonly [number, number] } | null;
}

export interface FinalsOptions {
  readonly scenario: DuelScenario;
  readonly pairCount: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

export interface Finals {
  /** The index of the chosen one. */
  readonly chosen: number;
  /** In the order of the systems. */
  readonly standings: readonly Standing[];
}

/** The half width that ends the finals early, as a share: what is closer together makes no difference to anyone. */
const PRECISION = 0.02;

/**
 * Measures systems as a duel does: in rounds of a random order, so that a disturbance meets all of them. The chosen one
 * is the first, unless another one is shown to be faster: noise alone changes nothing.
 *
 * @param systems the most modest one first
 */
export async function holdFinals(
  systems: readonly ClosableSystemUnderTest[],
  { scenario, pairCount, seconds, signal, onProgress }: FinalsOptions,
): Promise<Finals> {
  const startedNs = monotonicClock.nowNs();
  const limitNs = seconds * 1e9;
  const phase = await conductPhase({
    ...{ scenario, signal, clock: monotonicClock, deadlineNs: startedNs + limitNs, random: new MersenneTwister(0) },
    racers: systems.map((sut) => ({
      measure: async (round) => ({ latenciesNs: await latenciesOfTurn(sut, pairCount, round) }),
      close: async () => {},
    })),
    leastSamples: systems.map(({ configuration }) => Math.max(1, Number(configuration.workers))),
    onFault: (_, reason) => {
      throw reason;
    },
    onRound: () => onProgress(Math.min(1, (monotonicClock.nowNs() - startedNs) / limitNs)),
    isDecided: (rounds) => isPrecise(judge(rounds, 0, systems.length)),
  });
  signal.throwIfAborted();
  if (phase === undefined) throw new RangeError('the finals measured nothing');
  return judgeFinals(phase);
}

/** Who is chosen by what the rounds have measured. */
export function judgeFinals(phase: DuelPhase): Finals {
  const count = phase.rounds[0]?.latenciesNs.length ?? 0;
  const chosen = chooseOf(phase, count);
  return { chosen, standings: standingsOf(phase, chosen, count) };
}

/** The first that is not shown to be slower than any other. */
function chooseOf(phase: DuelPhase, count: number): number {
  let chosen = 0;
  for (let other = 1; other < count; other++) {
    const [speed] = judge(phase, chosen, count);
    const value = speed?.values[other];
    if (value?.verdict === 'faster') chosen = other;
  }
  return chosen;
}

function standingsOf(phase: DuelPhase, chosen: number, count: number): Standing[] {
  // The median of SingleStream, and the rate of Offline.
  const [figure] = judge(phase, chosen, count);
  const isRate = figure?.unit === 'samples/s';
  return Array.from({ length: count }, (_, index) => {
    const value = figure?.values[index] ?? undefined;
    if (value === undefined) return { pairNs: Number.NaN, ratio: null };
    const pairNs = isRate ? 1e9 / value.value : value.value;
    if (value.interval === null) return { pairNs, ratio: null };
    const [lower, upper] = value.interval;
    // To a rate that is half as high belongs twice the time.
    return {
      pairNs,
      ratio: isRate
        ? { value: 1 / value.ratio, interval: [1 / upper, 1 / lower] }
        : { value: value.ratio, interval: [lower, upper] },
    };
  });
}

/** As a duel of these systems, of which this one is the baseline. */
function judge(phase: DuelPhase, baseline: number, count: number): DuelFigure[] {
  const contestants = Array.from({ length: count }, (_, index) => ({
    ...{ name: String(index), folder: '', configuration: {}, accuracy: null },
    fault: null,
  }));
  return judgePhase({ precision: PRECISION, scenarios: [phase.scenario], contestants, phases: [] }, phase, baseline);
}
