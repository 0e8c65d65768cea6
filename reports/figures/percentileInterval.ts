import { elementAt } from '../../base/arrays.js';
import { percentileOf } from '../../loadgen/results/latencyStatistics.js';
import { binomialRanks } from './binomialRanks.js';

export const CONFIDENCE = 0.95;

export type Interval = readonly [lower: number, upper: number];

/**
 * Two of the latencies that enclose the percentile with a confidence of 95 %, whatever the distribution; undefined where
 * there are too few latencies. Takes the same ones in the order of issue and sorted.
 *
 * The binomial ranks hold for independent observations. A query that follows a slow one is often slow as well, so they
 * are taken of as many independent observations as the run's are worth.
 */
export function percentileInterval(issued: Float64Array, sorted: Float64Array, share: number): Interval | undefined {
  const worth = Math.floor(effectiveCount(issued, percentileOf(sorted, share)));
  const { lower, upper } = binomialRanks(worth, share, CONFIDENCE);
  if (lower < 1 || upper > worth) return undefined;
  const each = sorted.length / worth;
  return [
    elementAt(sorted, Math.max(0, Math.floor(lower * each) - 1)),
    elementAt(sorted, Math.min(sorted.length, Math.ceil(upper * each)) - 1),
  ];
}

/** Few, so that they are long beside what makes consecutive latencies alike. */
const BATCHES = 10;
/** A variance from so few is uncertain: Student's t at 97.5 % with 9 degrees of freedom, beside the normal one. */
const UNCERTAINTY = (2.262 / 1.96) ** 2;

/**
 * How many independent observations would tell as much about which share lies at or below `bound`: from the variance of
 * that share between batches of consecutive ones (the method of batch means), beside its variance if all were
 * independent. Never more than there are.
 */
export function effectiveCount(issued: Float64Array, bound: number): number {
  const batchLength = Math.floor(issued.length / BATCHES);
  if (batchLength < 2) return issued.length;
  const shares = Array.from({ length: BATCHES }, (_, batch) => {
    let within = 0;
    for (const value of issued.subarray(batch * batchLength, (batch + 1) * batchLength))
      within += value <= bound ? 1 : 0;
    return within / batchLength;
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / BATCHES;
  const variance = (UNCERTAINTY * shares.reduce((sum, share) => sum + (share - mean) ** 2, 0)) / (BATCHES - 1);
  const independentVariance = (mean * (1 - mean)) / batchLength;
  return variance > independentVariance ? (issued.length * independentVariance) / variance : issued.length;
}
