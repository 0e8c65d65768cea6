import type { Interval } from '../figures/percentileInterval.js';
import { studentT } from '../figures/ratioVerdict.js';

/** The observations whose spread alone decides how wide an interval is at the least. */
export const PILOT_COUNT = 12;
/** With fewer, a spread that is small by chance makes an interval that nobody should decide by. */
export const LEAST_OBSERVATIONS = 5;
/** Stretches of consecutive observations, whose means tell what changes more slowly than from one to the next. */
const BATCHES = 12;

export interface Ratio {
  /** The geometric mean of the observed ratios. */
  readonly value: number;
  readonly interval: Interval;
  /** The larger distance of a bound from the value, as a share of it. */
  readonly halfWidth: number;
}

/**
 * The true ratio, from the logarithms of observed ones, with at least this confidence. Undefined for fewer than
 * `LEAST_OBSERVATIONS`.
 *
 * The interval is Stein's (A two-sample test for a linear hypothesis whose power is independent of the variance, Annals of
 * Mathematical Statistics 16, 1945): Student's t with the standard deviation of the first `PILOT_COUNT` observations, over
 * the root of how many there are. If these are independent and normal, the confidence is exact whenever one stops, as long
 * as the decision to stop looks at the spread of observations and at the clock, and never at their mean. Where the usual
 * interval of all observations is wider, as when a disturbance came later, or that of the means of consecutive ones, as when
 * a disturbance met one system for several rounds, it is taken instead: that adds confidence.
 */
export function ratioInterval(logRatios: readonly number[], confidence: number): Ratio | undefined {
  if (logRatios.length < LEAST_OBSERVATIONS) return undefined;
  const margin = Math.max(
    marginOf(logRatios.slice(0, PILOT_COUNT), logRatios.length, confidence),
    marginOf(logRatios, logRatios.length, confidence),
    logRatios.length < 2 * BATCHES ? 0 : marginOf(batchMeans(logRatios), BATCHES, confidence),
  );
  const mean = meanOf(logRatios);
  const growth = Math.exp(margin);
  const value = Math.exp(mean);
  return { value, interval: [value / growth, value * growth], halfWidth: growth - 1 };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of the mean of `count` observations, by the spread of these. */
function marginOf(values: readonly number[], count: number, confidence: number): number {
  const mean = meanOf(values);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return studentT(confidence, values.length - 1) * Math.sqrt(variance / count);
}

/** Of as many consecutive observations each as `BATCHES` such stretches have; a few in front may be left out. */
function batchMeans(values: readonly number[]): number[] {
  const each = Math.floor(values.length / BATCHES);
  const start = values.length - each * BATCHES;
  return Array.from({ length: BATCHES }, (_, batch) =>
    meanOf(values.slice(start + batch * each, start + (batch + 1) * each)),
  );
}
