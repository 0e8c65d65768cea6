import { elementAt } from '../../base/arrays.js';
import { discardableQueries, minPassingQueries } from './earlyStopping.js';

/** An estimate of a percentile that holds with confidence, or how many queries it would have taken. */
export type EarlyStoppingEstimate =
  | {
      readonly state: 'estimated';
      readonly latencyNs: number;
      readonly discarded: number;
      readonly neededQueries: number;
    }
  | { readonly state: 'tooFewQueries'; readonly neededQueries: number };

/** What early stopping says of a run. Offline has none. */
export type EarlyStoppingResult =
  | { readonly kind: 'none'; readonly met: true }
  /** SingleStream and MultiStream: an estimate of the target percentile; SingleStream, if it has one, also of MultiStream's. */
  | {
      readonly kind: 'estimate';
      readonly met: boolean;
      readonly target: EarlyStoppingEstimate;
      readonly multiStream: EarlyStoppingEstimate | undefined;
    }
  /** Server: whether enough queries were fast for those that were not. */
  | { readonly kind: 'bound'; readonly met: boolean; readonly missingQueries: number };

/** The percentile of MultiStream, which SingleStream runs are also measured by. */
export const MULTI_STREAM_PERCENTILE = 0.99;

/** Takes sorted latencies. `alsoPercentile` is estimated only if the target is. */
export function estimateEarlyStopping(
  sortedNs: Float64Array,
  targetPercentile: number,
  alsoPercentile: number | undefined,
): EarlyStoppingResult {
  const target = estimate(sortedNs, targetPercentile);
  const met = target.state === 'estimated';
  const multiStream = met && alsoPercentile !== undefined ? estimate(sortedNs, alsoPercentile) : undefined;
  return { kind: 'estimate', met, target, multiStream };
}

export function boundEarlyStopping(
  queryCount: number,
  overlatencyCount: number,
  percentile: number,
): EarlyStoppingResult {
  const needed = minPassingQueries(overlatencyCount, percentile) + overlatencyCount;
  return { kind: 'bound', met: queryCount >= needed, missingQueries: Math.max(0, needed - queryCount) };
}

/** The estimated latency as the detail log states it: 0 if there is none. */
export function estimatedLatencyNs(result: EarlyStoppingResult, of: 'target' | 'multiStream'): number {
  const found = result.kind === 'estimate' ? result[of] : undefined;
  return found?.state === 'estimated' ? found.latencyNs : 0;
}

function estimate(sortedNs: Float64Array, percentile: number): EarlyStoppingEstimate {
  const neededQueries = minPassingQueries(1, percentile) + 1;
  const discarded = discardableQueries(sortedNs.length, percentile);
  if (discarded === undefined) return { state: 'tooFewQueries', neededQueries };
  const latencyNs = elementAt(sortedNs, sortedNs.length - 1 - discarded);
  return { state: 'estimated', latencyNs, discarded, neededQueries };
}
