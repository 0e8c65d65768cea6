import { elementAt } from '../../base/elementAt.js';
import type { EffectiveSettings } from '../settings/effectiveSettings.js';
import { discardableQueries, minPassingQueries } from './earlyStopping.js';
import { type LatencyStatistics, latencyStatistics, percentileOf } from './latencyStatistics.js';

/** What was measured in one performance series. Times count from its start. */
export interface PerformanceMeasurements {
  readonly queriesIssued: number;
  /** A latency for each sample. */
  readonly sampleLatenciesNs: Float64Array;
  readonly finalQueryScheduledNs: number;
  readonly finalQueryIssuedNs: number;
}

/** An early stopping estimate, or how many queries it would have taken. */
export type EarlyStoppingEstimate =
  | {
      readonly state: 'estimated';
      readonly latencyNs: number;
      readonly discarded: number;
      readonly neededQueries: number;
    }
  | { readonly state: 'tooFewQueries'; readonly neededQueries: number };

export interface Constraint {
  readonly met: boolean;
  /** What to change, where it is not met. */
  readonly recommendation: string;
}

/** The figures and the verdict of one performance series, as the official LoadGen works them out. */
export interface PerformanceSummary {
  readonly sutName: string;
  readonly settings: EffectiveSettings;
  readonly valid: boolean;
  readonly minDuration: Constraint;
  readonly minQueries: Constraint;
  readonly earlyStoppingMet: boolean;
  /** SingleStream: at the target percentile, and at the 99th, from which MultiStream results are inferred. */
  readonly earlyStopping: { readonly target: EarlyStoppingEstimate; readonly p99: EarlyStoppingEstimate } | undefined;
  readonly queryCount: number;
  readonly sampleCount: number;
  readonly latency: LatencyStatistics;
  readonly targetPercentileLatencyNs: number;
  readonly qpsWithOverhead: number;
  readonly qpsWithoutOverhead: number;
  readonly samplesPerSecond: number;
}

const MULTI_STREAM_PERCENTILE = 0.99;

export function summarizePerformance(
  sutName: string,
  settings: EffectiveSettings,
  measured: PerformanceMeasurements,
): PerformanceSummary {
  const sorted = measured.sampleLatenciesNs.slice().sort();
  const latency = latencyStatistics(sorted);
  const sampleCount = sorted.length;
  const finalQueryIssuedSeconds = measured.finalQueryIssuedNs / 1e9;
  const maxLatencySeconds = latency.maxNs / 1e9;

  const minDuration = minDurationConstraint(settings, measured, maxLatencySeconds);
  const minQueries = minQueriesConstraint(settings, measured.queriesIssued, sampleCount);
  const earlyStopping =
    settings.scenario === 'SingleStream'
      ? {
          target: estimateEarly(sorted, settings.targetLatencyPercentile),
          p99: estimateEarly(sorted, MULTI_STREAM_PERCENTILE),
        }
      : undefined;
  const earlyStoppingMet = earlyStopping === undefined || earlyStopping.target.state === 'estimated';
  return {
    sutName,
    settings,
    valid: minDuration.met && minQueries.met && earlyStoppingMet,
    minDuration,
    minQueries,
    earlyStoppingMet,
    earlyStopping,
    queryCount: measured.queriesIssued,
    sampleCount,
    latency,
    targetPercentileLatencyNs: percentileOf(sorted, settings.targetLatencyPercentile),
    // One less: the start of the last query is the open end of the time it is divided by.
    qpsWithOverhead: (sampleCount - 1) / finalQueryIssuedSeconds,
    qpsWithoutOverhead: 1 / (latency.meanNs / 1e9),
    samplesPerSecond: sampleCount / maxLatencySeconds,
  };
}

function minDurationConstraint(
  settings: EffectiveSettings,
  measured: PerformanceMeasurements,
  maxLatencySeconds: number,
): Constraint {
  const offline = settings.scenario === 'Offline';
  const lastedSeconds = offline ? maxLatencySeconds : measured.finalQueryIssuedNs / 1e9;
  return {
    met: lastedSeconds >= settings.minDurationMs / 1000,
    recommendation: offline
      ? 'Increase expected QPS so the loadgen pre-generates a larger (coalesced) query.'
      : 'Decrease the expected latency so the loadgen pre-generates more queries.',
  };
}

function minQueriesConstraint(settings: EffectiveSettings, queriesIssued: number, sampleCount: number): Constraint {
  return {
    met: queriesIssued >= settings.minQueryCount && sampleCount >= settings.minSampleCount,
    recommendation:
      'The test exited early, before enough queries were issued.\n   See the detailed log for why this may have occurred.',
  };
}

function estimateEarly(sortedLatenciesNs: Float64Array, percentile: number): EarlyStoppingEstimate {
  const neededQueries = minPassingQueries(1, percentile) + 1;
  const discarded = discardableQueries(sortedLatenciesNs.length, percentile);
  if (discarded === undefined) return { state: 'tooFewQueries', neededQueries };
  const latencyNs = elementAt(sortedLatenciesNs, sortedLatenciesNs.length - 1 - discarded);
  return { state: 'estimated', latencyNs, discarded, neededQueries };
}
