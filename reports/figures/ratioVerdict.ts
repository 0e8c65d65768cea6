import jStat from 'jstat';
import { CONFIDENCE, type Interval } from './percentileInterval.js';
import type { FigureUnit } from './runRecord.js';

export const RATIO_VERDICTS = ['faster', 'slower', 'no difference shown'] as const;
export type RatioVerdict = (typeof RATIO_VERDICTS)[number];

/** The speeds that get a verdict between groups of runs: each more would make all intervals wider. */
export const JUDGED_SPEEDS: ReadonlySet<string> = new Set(['p50', 'p90', 'p99', 'per second']);

/** What the interval of a ratio to the baseline shows: a difference only where it leaves 1 out. */
export function ratioVerdict([lower, upper]: Interval, unit: Exclude<FigureUnit, 'correct share'>): RatioVerdict {
  if (lower <= 1 && upper >= 1) return 'no difference shown';
  // Of latencies, less is faster.
  return (unit === 'ns') === upper < 1 ? 'faster' : 'slower';
}

/**
 * The confidence of each of several intervals, so that all of them together are right with `CONFIDENCE`: each may be wrong
 * with its part of the rest (Bonferroni).
 */
export function confidenceOfEach(intervals: number): number {
  return 1 - (1 - CONFIDENCE) / Math.max(1, intervals);
}

/** How many standard errors enclose a mean with this confidence, by Student's t distribution. */
export function studentT(confidence: number, degreesOfFreedom: number): number {
  return jStat.studentt.inv((1 + confidence) / 2, degreesOfFreedom);
}
