import { elementAt } from '../../base/arrays.js';

/** The percentiles that MLPerf reports, from 0 to 1. */
export const REPORTED_PERCENTILES = [0.5, 0.9, 0.95, 0.97, 0.99, 0.999] as const;

export interface LatencyStatistics {
  readonly minNs: number;
  readonly maxNs: number;
  /** Rounded down, as in integer arithmetic. */
  readonly meanNs: number;
  readonly percentiles: readonly { readonly percentile: number; readonly latencyNs: number }[];
}

/** Takes at least one latency, sorted from fast to slow. */
export function latencyStatistics(sortedNs: Float64Array): LatencyStatistics {
  return {
    minNs: elementAt(sortedNs, 0),
    maxNs: elementAt(sortedNs, sortedNs.length - 1),
    meanNs: meanNs(sortedNs),
    percentiles: REPORTED_PERCENTILES.map((percentile) => ({
      percentile,
      latencyNs: percentileOf(sortedNs, percentile),
    })),
  };
}

/** The official definition: the element at the truncated product of count and percentile, nothing interpolated. */
export function percentileOf(sortedNs: Float64Array, percentile: number): number {
  return elementAt(sortedNs, Math.trunc(sortedNs.length * percentile));
}

/** A query is answered when the last of its samples is. Takes a latency for each sample, query after query. */
export function queryLatencies(samplesNs: Float64Array, samplesPerQuery: number): Float64Array {
  if (samplesPerQuery === 1) return samplesNs;
  return Float64Array.from({ length: Math.trunc(samplesNs.length / samplesPerQuery) }, (_, query) =>
    samplesNs
      .subarray(query * samplesPerQuery, (query + 1) * samplesPerQuery)
      .reduce((longest, ns) => Math.max(longest, ns), 0),
  );
}

/** Exact: 24,576 latencies of ten minutes each sum up to more than a double can count. */
function meanNs(latenciesNs: Float64Array): number {
  const blockLength = 4096;
  let sum = 0n;
  for (let start = 0; start < latenciesNs.length; start += blockLength) {
    let blockSum = 0;
    for (const latencyNs of latenciesNs.subarray(start, start + blockLength)) blockSum += latencyNs;
    sum += BigInt(blockSum);
  }
  return Number(sum / BigInt(latenciesNs.length));
}
