import type { RuntimeFigures } from '../platform.js';
import type { EffectiveSettings } from '../settings/effectiveSettings.js';
import {
  boundEarly,
  type EarlyStoppingEstimate,
  type EarlyStoppingResult,
  estimateEarly,
  MULTI_STREAM_PERCENTILE,
} from './earlyStoppingResult.js';
import { type HarnessCost, harnessCost } from './harnessCost.js';
import { type LatencyStatistics, latencyStatistics, percentileOf } from './latencyStatistics.js';

/** What was measured in one performance series. Times count from its start. */
export interface PerformanceMeasurements {
  readonly queriesIssued: number;
  readonly samplesPerQuery: number;
  /** A latency for each sample, query after query. */
  readonly sampleLatenciesNs: Float64Array;
  readonly finalQueryScheduledNs: number;
  readonly finalQueryIssuedNs: number;
  /** How much later than due each query was issued; empty where queries are due when they are issued. */
  readonly issueDelaysNs: Float64Array;
  /** Undefined where nothing watched. */
  readonly runtime: RuntimeFigures | undefined;
}

export interface Constraint {
  readonly met: boolean;
  /** What to change, where it is not met. */
  readonly recommendation: string;
}

/** The figures that only one scenario has. */
export type ScenarioFigures =
  | { readonly scenario: 'SingleStream'; readonly qpsWithOverhead: number; readonly qpsWithoutOverhead: number }
  | { readonly scenario: 'MultiStream'; readonly queryLatency: LatencyStatistics }
  | {
      readonly scenario: 'Server';
      readonly scheduledSamplesPerSecond: number;
      readonly completedSamplesPerSecond: number;
      readonly overlatencyQueryCount: number;
      /** How late queries were issued. */
      readonly issueDelay: LatencyStatistics;
    }
  | { readonly scenario: 'Offline'; readonly samplesPerSecond: number };

/** The figures and the verdict of one performance series, as the official LoadGen works them out. */
export interface PerformanceSummary {
  readonly sutName: string;
  readonly settings: EffectiveSettings;
  readonly valid: boolean;
  /** Server alone has a bound on latency. */
  readonly performanceConstraint: Constraint | undefined;
  readonly minDuration: Constraint;
  readonly minQueries: Constraint;
  readonly earlyStopping: EarlyStoppingResult;
  readonly queryCount: number;
  readonly sampleCount: number;
  /** A latency for each sample, in the order of issue. */
  readonly sampleLatenciesNs: Float64Array;
  /** Of samples. */
  readonly latency: LatencyStatistics;
  /** Of queries in MultiStream, of samples elsewhere. */
  readonly targetPercentileLatencyNs: number;
  readonly figures: ScenarioFigures;
  /** Undefined where nothing lies between queries: Offline has one. */
  readonly harness: HarnessCost | undefined;
  readonly runtime: RuntimeFigures | undefined;
}

/** Takes a series in which at least one query was issued and all were answered. */
export function summarizePerformance(
  sutName: string,
  settings: EffectiveSettings,
  measured: PerformanceMeasurements,
): PerformanceSummary {
  const samplesNs = measured.sampleLatenciesNs.toSorted();
  const queriesNs = settings.scenario === 'MultiStream' ? queryLatenciesNs(measured).sort() : samplesNs;
  const latency = latencyStatistics(samplesNs);
  const targetPercentileLatencyNs = percentileOf(queriesNs, settings.targetLatencyPercentile);
  const figures = scenarioFigures(settings, measured, latency, queriesNs);
  const sampleCount = samplesNs.length;

  const minDuration = minDurationConstraint(settings, measured, latency.maxNs);
  const minQueries = minQueriesConstraint(settings, measured.queriesIssued, sampleCount);
  const performanceConstraint = latencyConstraint(settings, targetPercentileLatencyNs);
  const earlyStopping = earlyStoppingOf(settings, figures, queriesNs);
  return {
    sutName,
    settings,
    valid: minDuration.met && minQueries.met && earlyStopping.met && performanceConstraint?.met !== false,
    performanceConstraint,
    minDuration,
    minQueries,
    earlyStopping,
    queryCount: measured.queriesIssued,
    sampleCount,
    sampleLatenciesNs: measured.sampleLatenciesNs,
    latency,
    targetPercentileLatencyNs,
    figures,
    harness: harnessCostOf(figures, measured, latency),
    runtime: measured.runtime,
  };
}

/** The latency that an estimate gives, or 0, as the detail log says it. */
export function estimatedLatencyNs(estimate: EarlyStoppingEstimate | undefined): number {
  return estimate?.state === 'estimated' ? estimate.latencyNs : 0;
}

function scenarioFigures(
  { scenario, targetLatencyNs }: EffectiveSettings,
  measured: PerformanceMeasurements,
  latency: LatencyStatistics,
  sortedQueriesNs: Float64Array,
): ScenarioFigures {
  const sampleCount = measured.sampleLatenciesNs.length;
  // One sample less where a rate is taken over starts: the last start is the open end of the time.
  const perSecond = (samples: number, ns: number) => samples / (ns / 1e9);
  switch (scenario) {
    case 'SingleStream':
      return {
        scenario,
        qpsWithOverhead: perSecond(sampleCount - 1, measured.finalQueryIssuedNs),
        qpsWithoutOverhead: perSecond(1, latency.meanNs),
      };
    case 'MultiStream':
      return { scenario, queryLatency: latencyStatistics(sortedQueriesNs) };
    case 'Server': {
      const finalLatencyNs = measured.sampleLatenciesNs.at(-1) ?? 0;
      return {
        scenario,
        scheduledSamplesPerSecond: perSecond(sampleCount - 1, measured.finalQueryScheduledNs),
        completedSamplesPerSecond: perSecond(sampleCount - 1, measured.finalQueryScheduledNs + finalLatencyNs),
        overlatencyQueryCount: measured.sampleLatenciesNs.reduce(
          (count, ns) => count + (ns > targetLatencyNs ? 1 : 0),
          0,
        ),
        issueDelay: latencyStatistics(measured.issueDelaysNs.toSorted()),
      };
    }
    case 'Offline':
      return { scenario, samplesPerSecond: perSecond(sampleCount, latency.maxNs) };
  }
}

/** A query is answered when the last of its samples is. */
function queryLatenciesNs({
  sampleLatenciesNs,
  samplesPerQuery,
  queriesIssued,
}: PerformanceMeasurements): Float64Array {
  return Float64Array.from({ length: queriesIssued }, (_, query) =>
    sampleLatenciesNs
      .subarray(query * samplesPerQuery, (query + 1) * samplesPerQuery)
      .reduce((longest, ns) => Math.max(longest, ns), 0),
  );
}

function earlyStoppingOf(
  settings: EffectiveSettings,
  figures: ScenarioFigures,
  sortedQueriesNs: Float64Array,
): EarlyStoppingResult {
  const percentile = settings.targetLatencyPercentile;
  if (figures.scenario === 'Offline') return { kind: 'none', met: true };
  if (figures.scenario === 'Server')
    return boundEarly(sortedQueriesNs.length, figures.overlatencyQueryCount, percentile);
  const target = estimateEarly(sortedQueriesNs, percentile);
  const met = target.state === 'estimated';
  const multiStream =
    met && figures.scenario === 'SingleStream' ? estimateEarly(sortedQueriesNs, MULTI_STREAM_PERCENTILE) : undefined;
  return { kind: 'estimate', met, target, multiStream };
}

function harnessCostOf(
  figures: ScenarioFigures,
  measured: PerformanceMeasurements,
  latency: LatencyStatistics,
): HarnessCost | undefined {
  switch (figures.scenario) {
    case 'SingleStream':
    case 'MultiStream': {
      // From the first query's issue to the last one's lie all latencies but the last.
      const latenciesNs = queryLatenciesNs(measured).subarray(0, -1);
      if (latenciesNs.length === 0) return undefined;
      const meanNs = latenciesNs.reduce((sum, ns) => sum + ns, 0) / latenciesNs.length;
      return harnessCost(measured.finalQueryIssuedNs / latenciesNs.length - meanNs, meanNs);
    }
    case 'Server':
      return harnessCost(figures.issueDelay.meanNs, latency.meanNs);
    case 'Offline':
      return undefined;
  }
}

function latencyConstraint(settings: EffectiveSettings, targetPercentileLatencyNs: number): Constraint | undefined {
  if (settings.scenario !== 'Server') return undefined;
  return {
    met: targetPercentileLatencyNs <= settings.targetLatencyNs,
    recommendation: 'Reduce target QPS to improve latency.',
  };
}

function minDurationConstraint(
  settings: EffectiveSettings,
  measured: PerformanceMeasurements,
  maxLatencyNs: number,
): Constraint {
  const met = (lastedNs: number) => lastedNs / 1e9 >= settings.minDurationMs / 1000;
  switch (settings.scenario) {
    case 'SingleStream':
    case 'MultiStream':
      return {
        met: met(measured.finalQueryIssuedNs),
        recommendation: 'Decrease the expected latency so the loadgen pre-generates more queries.',
      };
    case 'Server':
      return {
        met: met(measured.finalQueryScheduledNs),
        recommendation: 'Increase the target QPS so the loadgen pre-generates more queries.',
      };
    case 'Offline':
      return {
        met: met(maxLatencyNs),
        recommendation: 'Increase expected QPS so the loadgen pre-generates a larger (coalesced) query.',
      };
  }
}

function minQueriesConstraint(settings: EffectiveSettings, queriesIssued: number, sampleCount: number): Constraint {
  return {
    met: queriesIssued >= settings.minQueryCount && sampleCount >= settings.minSampleCount,
    recommendation:
      'The test exited early, before enough queries were issued.\n   See the detailed log for why this may have occurred.',
  };
}
