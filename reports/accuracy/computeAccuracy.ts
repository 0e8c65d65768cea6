import { join } from 'node:path';
import { elementAt } from '../../base/elementAt.js';
import { LoadGenError } from '../../base/errors.js';
import { ACCURACY_LOG_NAME } from '../../logs/accuracy/read.js';
import type { AccuracyResult } from '../../runs/accuracyText.js';
import type { LabelledPair } from '../../runs/pairs.js';
import { bestThreshold } from './bestThreshold.js';
import { hasBothKinds, kindRemarks } from './kindsOfPairs.js';
import { readAngles } from './readAngles.js';
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

export interface AccuracyRequest {
  /** The folder that holds the run's `mlperf_log_accuracy.json`. */
  readonly logDir: string;
  /** All pairs of the query sample library, by sample index. */
  readonly pairs: readonly LabelledPair[];
  /** float32 values in the feature of one face: those of the image, then those of its mirror image. */
  readonly featureValues: number;
  /** Of the angle, 0 to 1: the same person if it is less. */
  readonly threshold: number;
}

/**
 * Judges the responses of a finished accuracy run, from its log alone.
 *
 * @throws REPORT_NO_PAIRS, REPORT_THRESHOLD if the request makes no sense
 * @throws REPORT_SAMPLE_*, REPORT_RESPONSE_SIZE if the log is of another run
 */
export async function computeAccuracy(request: AccuracyRequest): Promise<AccuracyResult> {
  const { logDir, pairs, featureValues, threshold } = request;
  if (pairs.length === 0) throw new LoadGenError('REPORT_NO_PAIRS', 'the pair list is empty, expected at least 1 pair');
  if (!(threshold >= 0 && threshold <= 1)) {
    throw new LoadGenError('REPORT_THRESHOLD', `the threshold is ${threshold}, expected a number from 0 to 1`);
  }
  return judgeAngles(await readAngles(join(logDir, ACCURACY_LOG_NAME), pairs.length, featureValues), pairs, threshold);
}

/** `angles` and `pairs` are parallel. */
export function judgeAngles(angles: Float64Array, pairs: readonly LabelledPair[], threshold: number): AccuracyResult {
  const judged = pairs.map((pair, index) => {
    const angle = elementAt(angles, index);
    return { index, pair, same: pair.same, set: pair.set, angle, positive: angle < threshold };
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
