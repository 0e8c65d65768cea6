import { operatingPoints, type ScoredPair } from './operatingPoints.js';

export interface BestThreshold {
  readonly threshold: number;
  /** The part of the pairs that this threshold decides rightly, 0 to 1. */
  readonly accuracy: number;
}

/** The threshold that decides most pairs rightly; of several, the least. Needs at least one pair. */
export function bestThreshold(pairs: readonly ScoredPair[]): BestThreshold {
  const differentCount = pairs.filter((pair) => !pair.same).length;
  let threshold = Number.NaN;
  let mostCorrect = -1;
  for (const point of operatingPoints(pairs)) {
    const correct = point.truePositives + differentCount - point.falsePositives;
    if (correct > mostCorrect) {
      mostCorrect = correct;
      threshold = point.threshold;
    }
  }
  return { threshold, accuracy: mostCorrect / pairs.length };
}
