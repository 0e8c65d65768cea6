import { LoadGenError } from '../../base/errors.js';
import type { LogSource } from '../../logs/logSource.js';
import type { AccuracyResult } from '../../runs/accuracyText.js';
import type { LabelledPair } from '../../runs/jsonFormats.js';
import { judgeAngles } from './judgeAngles.js';
import { readAngles } from './readAngles.js';

export interface Decision {
  /** All pairs of the query sample library, by sample index. */
  readonly pairs: readonly LabelledPair[];
  /** float32 values in the feature of one face: those of the image, then those of its mirror image. */
  readonly featureValues: number;
  /** Of the angle, 0 to 1: the same person if it is less. */
  readonly threshold: number;
}

/**
 * Judges the responses in an accuracy log.
 *
 * @throws what `computeAccuracy` throws
 */
export async function judgeAnswers(log: LogSource, decision: Decision): Promise<AccuracyResult> {
  checkDecision(decision);
  const { pairs, featureValues, threshold } = decision;
  return judgeAngles(await readAngles(log, pairs.length, featureValues), pairs, threshold);
}

/** @throws REPORT_NO_PAIRS, REPORT_THRESHOLD if nothing can be judged by it */
export function checkDecision({ pairs, threshold }: Decision): void {
  if (pairs.length === 0) throw new LoadGenError('REPORT_NO_PAIRS', 'the pair list is empty, expected at least 1 pair');
  if (threshold >= 0 && threshold <= 1) return;
  throw new LoadGenError('REPORT_THRESHOLD', `the threshold is ${threshold}, expected a number from 0 to 1`);
}
