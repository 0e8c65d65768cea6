import type { Interval } from '../../figures/percentileInterval.js';
import { studentT } from '../../figures/ratioVerdict.js';

/**
 * The ratio of two groups' geometric means with the interval that encloses the true one with this confidence, if the
 * logarithms of a group's values are independent and normal. Undefined unless each group has two values that differ.
 *
 * Welch's interval, for groups whose spreads may differ: B. L. Welch, The generalization of "Student's" problem when
 * several different population variances are involved, Biometrika 34, 1947.
 */
export function ratioOfMeans(
  values: readonly number[],
  base: readonly number[],
  confidence: number,
): { readonly ratio: number; readonly interval: Interval } | undefined {
  if (values.length < 2 || base.length < 2) return undefined;
  const [own, other] = [momentsOf(values.map(Math.log)), momentsOf(base.map(Math.log))];
  const variance = own.varianceOfMean + other.varianceOfMean;
  if (!(variance > 0)) return undefined;
  const degreesOfFreedom =
    variance ** 2 / (own.varianceOfMean ** 2 / (values.length - 1) + other.varianceOfMean ** 2 / (base.length - 1));
  const difference = own.mean - other.mean;
  const margin = studentT(confidence, degreesOfFreedom) * Math.sqrt(variance);
  return {
    ratio: Math.exp(difference),
    interval: [Math.exp(difference - margin), Math.exp(difference + margin)],
  };
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(momentsOf(values.map(Math.log)).mean);
}

function momentsOf(values: readonly number[]): { readonly mean: number; readonly varianceOfMean: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, varianceOfMean: squares / (values.length - 1) / values.length };
}
