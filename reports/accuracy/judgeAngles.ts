import { elementAt } from '../../base/arrays.js';
import type { AccuracyResult } from '../../runs/accuracyText.js';
import type { LabelledPair } from '../../runs/jsonFormats.js';
import { bestThreshold } from './bestThreshold.js';
import { hasBothKinds, kindRemarks } from './kindsOfPairs.js';
import { isSamePerson } from './pairAngle.js';
import { receiverOperatingCharacteristic } from './receiverOperatingCharacteristic.js';
import { tenFoldAccuracy } from './tenFoldAccuracy.js';

const NO_FIGURES = {
  accuracy: Number.NaN,
  bestThreshold: { threshold: Number.NaN, accuracy: Number.NaN },
  tenFold: undefined,
  areaUnderCurve: Number.NaN,
  equalErrorRate: Number.NaN,
  remarks: [],
};

/** `angles` and `pairs` are parallel. */
export function judgeAngles(angles: Float64Array, pairs: readonly LabelledPair[], threshold: number): AccuracyResult {
  const judged = pairs.map((pair, index) => {
    const angle = elementAt(angles, index);
    return { index, pair, same: pair.same, set: pair.set, angle, positive: isSamePerson(angle, threshold) };
  });
  const count = (same: boolean, positive: boolean) =>
    judged.filter((pair) => pair.same === same && pair.positive === positive).length;
  const truePositives = count(true, true);
  const trueNegatives = count(false, false);
  const figures = judged.some((pair) => Number.isNaN(pair.angle))
    ? NO_FIGURES
    : {
        accuracy: (truePositives + trueNegatives) / pairs.length,
        bestThreshold: hasBothKinds(judged) ? bestThreshold(judged) : undefined,
        tenFold: tenFoldAccuracy(judged),
        areaUnderCurve: undefined,
        equalErrorRate: undefined,
        ...receiverOperatingCharacteristic(judged),
        remarks: kindRemarks(judged),
      };
  return {
    pairCount: pairs.length,
    threshold,
    truePositives,
    trueNegatives,
    falsePositives: count(false, true),
    falseNegatives: count(true, false),
    ...figures,
    misjudged: judged
      .filter(({ same, positive, angle }) => positive !== same || Number.isNaN(angle))
      .map(({ index, pair, angle }) => ({ index, pair, angle })),
  };
}
