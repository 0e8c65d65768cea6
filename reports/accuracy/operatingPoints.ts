/** What a threshold comes to: a pair is taken for the same person if its angle is less than the threshold. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

export interface ScoredPair {
  readonly angle: number;
  readonly same: boolean;
}

/** An angle is at most 1. */
const ABOVE_EVERY_ANGLE = 1 + Number.EPSILON;

/**
 * Every distinct way in which a threshold can divide the pairs, from the one that takes none for the same person to the
 * one that takes all. Thresholds lie midway between neighbouring angles; the first is the least angle itself, the last
 * greater than any angle. Angles must be numbers.
 */
export function operatingPoints(pairs: readonly ScoredPair[]): OperatingPoint[] {
  const sorted = pairs.toSorted((one, other) => one.angle - other.angle);
  const points: OperatingPoint[] = [];
  let truePositives = 0;
  let falsePositives = 0;
  let previousAngle: number | undefined;
  for (const { angle, same } of sorted) {
    if (angle !== previousAngle) {
      points.push({ threshold: thresholdBetween(previousAngle ?? angle, angle), truePositives, falsePositives });
      previousAngle = angle;
    }
    if (same) truePositives++;
    else falsePositives++;
  }
  points.push({ threshold: ABOVE_EVERY_ANGLE, truePositives, falsePositives });
  return points;
}

/** Greater than `low` and at most `high`, also where both are neighbouring floating-point numbers. */
function thresholdBetween(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return middle > low ? middle : high;
}
