/** Which systems are the best: none other is as fast and as accurate, and better in one of both (the Pareto front). */
import type { ScenarioResult } from './results.js';

/** The figure that MLPerf compares each scenario's systems by. */
const MAIN_FIGURES: Readonly<Record<string, string>> = {
  SingleStream: 'p90',
  MultiStream: 'p99',
  Server: 'per second',
  Offline: 'per second',
};

/** The scenarios that have such a figure, in MLPerf's order. */
export const RANKED_SCENARIOS: readonly string[] = Object.keys(MAIN_FIGURES);

export function mainFigureName(scenario: string): string {
  return MAIN_FIGURES[scenario] ?? '';
}

/** Undefined where there is none, as in a duel of too few queries. */
export function mainFigure({ scenario, figures }: ScenarioResult) {
  const name = mainFigureName(scenario);
  return figures.find((figure) => figure.name === name && figure.value !== null);
}

/** A result that takes part in the ranking. */
export interface RankedPoint {
  readonly result: ScenarioResult;
  /** Of the main figure. */
  readonly value: number;
  /** More is faster. */
  readonly speed: number;
  /** The share of pairs decided correctly. */
  readonly accuracy: number;
}

/** Undefined where it is INVALID, or has no speed or no accuracy. */
export function rankedPoint(result: ScenarioResult): RankedPoint | undefined {
  const figure = mainFigure(result);
  const accuracy = result.accuracy?.share ?? null;
  const value = figure?.value ?? null;
  if (result.validity === 'INVALID' || figure === undefined || value === null || accuracy === null) return undefined;
  return { result, value, speed: figure.unit === 'ns' ? 1 / value : value, accuracy };
}

/** From the slowest to the fastest. Empty where there are fewer than two points: one alone is the best of nothing. */
export function frontOf(points: readonly RankedPoint[]): RankedPoint[] {
  if (points.length < 2) return [];
  let [best, bestAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  // Only those that are as accurate as all that are as fast: equal ones share their place.
  const fromFastest = points.toSorted((one, other) => other.speed - one.speed || other.accuracy - one.accuracy);
  return fromFastest
    .filter(({ speed, accuracy }) => {
      const isBetter = accuracy > best || (accuracy === best && speed === bestAt);
      if (isBetter) [best, bestAt] = [accuracy, speed];
      return isBetter;
    })
    .toReversed();
}
