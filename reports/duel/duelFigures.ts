import { percentileOf } from '../../loadgen/results/latencyStatistics.js';
import type { DuelPhase, DuelScenario } from '../../runs/duelJson.js';
import type { FigureUnit } from '../figures/runRecord.js';

/** What is compared of a scenario. */
interface FigureDefinition {
  readonly name: string;
  readonly unit: Exclude<FigureUnit, 'correct share'>;
  /** So many queries have to be in one observation, for which rounds are put together. */
  readonly minQueries: number;
  readonly measure: (latenciesNs: Float64Array, samples: number) => number;
}

/** A figure of a phase, once for each block of rounds. */
export interface FigureSeries extends Pick<FigureDefinition, 'name' | 'unit'> {
  /** By contestant; empty for one that has left. */
  readonly observations: readonly (readonly number[])[];
}

/** A figure for which more rounds would have to be put together is not compared: too few would come of it. */
const MAX_BLOCK_ROUNDS = 20;

const percentile = (name: string, share: number, minQueries: number): FigureDefinition => ({
  name,
  unit: 'ns',
  minQueries,
  measure: (latenciesNs) => percentileOf(latenciesNs.toSorted(), share),
});

const FIGURES: Readonly<Record<DuelScenario, readonly FigureDefinition[]>> = {
  SingleStream: [percentile('p50', 0.5, 1), percentile('p90', 0.9, 20), percentile('p99', 0.99, 200)],
  Offline: [
    {
      name: 'per second',
      unit: 'samples/s',
      minQueries: 1,
      measure: ([durationNs = Number.NaN], samples) => (samples * 1e9) / durationNs,
    },
  ],
};

/** How many figures of a scenario are compared. */
export function countFigures(scenario: DuelScenario, samplesPerRound: number): number {
  return comparedFigures(scenario, samplesPerRound).length;
}

export function figureSeries({ scenario, samplesPerRound, rounds }: DuelPhase): FigureSeries[] {
  const contestantCount = rounds[0]?.latenciesNs.length ?? 0;
  return comparedFigures(scenario, samplesPerRound).map(({ name, unit, minQueries, measure }) => {
    const blockRounds = roundsTogether(scenario, minQueries, samplesPerRound);
    const blocks = Array.from({ length: Math.floor(rounds.length / blockRounds) }, (_, block) =>
      rounds.slice(block * blockRounds, (block + 1) * blockRounds),
    );
    const observations = Array.from({ length: contestantCount }, (_, contestant) => {
      const isThere = rounds.every(({ latenciesNs }) => latenciesNs[contestant] !== null);
      if (!isThere) return [];
      return blocks.map((block) => {
        const latenciesNs = block.flatMap((round) => round.latenciesNs[contestant] ?? []);
        return measure(Float64Array.from(latenciesNs), samplesPerRound);
      });
    });
    return { name, unit, observations };
  });
}

function comparedFigures(scenario: DuelScenario, samplesPerRound: number): readonly FigureDefinition[] {
  return FIGURES[scenario].filter(
    ({ minQueries }) => roundsTogether(scenario, minQueries, samplesPerRound) <= MAX_BLOCK_ROUNDS,
  );
}

function roundsTogether(scenario: DuelScenario, minQueries: number, samplesPerRound: number): number {
  return scenario === 'Offline' ? 1 : Math.ceil(minQueries / samplesPerRound);
}
