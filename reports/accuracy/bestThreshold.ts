import type { AccuracyResult } from '../../runs/accuracyText.js';
import { operatingPoints, type ScoredPair } from './operatingPoints.js';

/** The threshold that decides most pairs correctly; of several, the least. Needs at least one pair. */
export function bestThreshold(pairs: readonly ScoredPair[]): NonNullable<AccuracyResult['bestThreshold']> {
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
