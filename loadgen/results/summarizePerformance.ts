import type { AnyScenario, ScenarioFigures } from '../scenarios/index.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import { latencyStatistics } from './latencyStatistics.js';
import type { PerformanceMeasurements, SeriesSummary } from './seriesSummary.js';

/** The figures and the verdict of one performance series. `figures.scenario` tells which figures it has. */
export type PerformanceSummary = SeriesSummary<ScenarioFigures>;

/** Takes a series in which at least one query was issued and all were answered. */
export function summarizePerformance(
  sutName: string,
  settings: EffectiveSettings,
  scenario: AnyScenario,
  measured: PerformanceMeasurements,
): PerformanceSummary {
  const { queriesIssued: queryCount, sampleLatenciesNs, runtime, server } = measured;
  const sampleCount = sampleLatenciesNs.length;
  const sortedLatenciesNs = sampleLatenciesNs.toSorted();
  const latency = latencyStatistics(sortedLatenciesNs);
  const result = scenario.summarize({ settings, measured, sortedLatenciesNs, latency });
  const minQueries = {
    met: queryCount >= settings.minQueryCount && sampleCount >= settings.minSampleCount,
    recommendation:
      'The test exited early, before enough queries were issued.\n   See the detailed log for why this may have occurred.',
  };
  const { minDuration, earlyStopping, performanceConstraint } = result;
  const valid = minDuration.met && minQueries.met && earlyStopping.met && performanceConstraint?.met !== false;
  return {
    ...result,
    sutName,
    settings,
    valid,
    minQueries,
    queryCount,
    sampleCount,
    sampleLatenciesNs,
    latency,
    runtime,
    server,
  };
}
