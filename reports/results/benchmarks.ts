import { frontOf, RANKED_SCENARIOS, rankedPoint } from './bestFront.js';
import type { BenchmarkResults, ScenarioResult, SystemResults } from './results.js';

/** A system, and what its results are of. */
export interface FoundSystem extends Pick<BenchmarkResults, 'network' | 'data'> {
  /** Whether it is of a published round, whose rules say what data a network has. */
  readonly isRound: boolean;
  readonly system: SystemResults;
}

/** Puts the systems of one network and one data set together, and finds the best of them. */
export function benchmarksOf(found: readonly FoundSystem[]): BenchmarkResults[] {
  const benchmarks = new Map<string, BenchmarkResults>();
  for (const { network, data, isRound, system } of found) {
    const key = JSON.stringify([network, data.sha256 ?? (isRound ? null : [data.name, data.samples])]);
    const known = benchmarks.get(key);
    if (known === undefined) benchmarks.set(key, { network, data, systems: [system] });
    else known.systems.push(system);
  }
  for (const { systems } of benchmarks.values()) {
    for (const { results } of systems) results.sort((one, other) => placeOf(one) - placeOf(other));
    markFronts(systems);
  }
  return [...benchmarks.values()];
}

function placeOf({ scenario }: ScenarioResult): number {
  return RANKED_SCENARIOS.indexOf(scenario);
}

function markFronts(systems: readonly SystemResults[]): void {
  const results = systems.flatMap((system) => system.results);
  for (const scenario of new Set(results.map((result) => result.scenario))) {
    const ofScenario = results.filter((result) => result.scenario === scenario);
    for (const { result } of frontOf(ofScenario.flatMap((one) => rankedPoint(one) ?? []))) result.onFront = true;
  }
}
