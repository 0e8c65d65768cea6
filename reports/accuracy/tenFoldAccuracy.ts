import type { AccuracyResult } from '../../runs/accuracyText.js';
import { bestThreshold } from './bestThreshold.js';
import type { ScoredPair } from './operatingPoints.js';

/**
 * LFW's View 2 protocol: for each of ten sets, the threshold is chosen on the other nine and measured on it. Gives
 * mean and sample standard deviation (nine degrees of freedom) of the folds' accuracies; undefined unless the pairs are
 * of exactly ten sets.
 *
 * Source: Huang et al., Labeled Faces in the Wild, University of Massachusetts technical report 07-49, 2007.
 */
export function tenFoldAccuracy(pairs: readonly (ScoredPair & { readonly set: number })[]): AccuracyResult['tenFold'] {
  const sets = [...new Set(pairs.map((pair) => pair.set))];
  if (sets.length !== 10) return undefined;
  const accuracies = sets.map((set) => {
    const { threshold } = bestThreshold(pairs.filter((pair) => pair.set !== set));
    const measured = pairs.filter((pair) => pair.set === set);
    return measured.filter((pair) => pair.angle < threshold === pair.same).length / measured.length;
  });
  const mean = sum(accuracies) / accuracies.length;
  const squaredDeviations = accuracies.map((accuracy) => (accuracy - mean) ** 2);
  return { mean, standardDeviation: Math.sqrt(sum(squaredDeviations) / (accuracies.length - 1)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
