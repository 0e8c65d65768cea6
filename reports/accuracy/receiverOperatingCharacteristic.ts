import { hasBothKinds } from './kindsOfPairs.js';
import { type OperatingPoint, operatingPoints, type ScoredPair } from './operatingPoints.js';

export interface ReceiverOperatingCharacteristic {
  /** The chance that a pair of one person has a lesser angle than a pair of two; equal angles count half. */
  readonly areaUnderCurve: number;
  /** The rate at which as many pairs of two persons are accepted as pairs of one are refused. */
  readonly equalErrorRate: number;
}

/** Undefined where all pairs are of one kind. */
export function receiverOperatingCharacteristic(
  pairs: readonly ScoredPair[],
): ReceiverOperatingCharacteristic | undefined {
  const sameCount = pairs.filter((pair) => pair.same).length;
  const differentCount = pairs.length - sameCount;
  if (!hasBothKinds(pairs)) return undefined;

  let doubledArea = 0;
  let equalErrorRate = 0;
  let previous: OperatingPoint | undefined;
  for (const point of operatingPoints(pairs)) {
    if (previous !== undefined) {
      doubledArea += (point.falsePositives - previous.falsePositives) * (point.truePositives + previous.truePositives);
      equalErrorRate = crossing(previous, point, sameCount, differentCount) ?? equalErrorRate;
    }
    previous = point;
  }
  return { areaUnderCurve: doubledArea / (2 * sameCount * differentCount), equalErrorRate };
}

/**
 * Between two neighbouring points, the false acceptance rate at which it equals the false rejection rate, both taken
 * as linear; undefined where they are not equal anywhere between.
 */
function crossing(
  from: OperatingPoint,
  to: OperatingPoint,
  sameCount: number,
  differentCount: number,
): number | undefined {
  const excess = (point: OperatingPoint) =>
    point.falsePositives * sameCount - (sameCount - point.truePositives) * differentCount;
  const excessBefore = excess(from);
  const excessAfter = excess(to);
  if (excessBefore > 0 || excessAfter < 0) return undefined;
  const part = -excessBefore / (excessAfter - excessBefore);
  return (from.falsePositives + part * (to.falsePositives - from.falsePositives)) / differentCount;
}
