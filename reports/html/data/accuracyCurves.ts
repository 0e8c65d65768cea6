import { elementAt } from '../../../base/arrays.js';
import { ACCURACY_LOG_NAME } from '../../../logs/accuracy/read.js';
import { isShortenedLog } from '../../../logs/accuracy/shortened.js';
import type { AccuracyResult } from '../../../runs/accuracyText.js';
import type { LabelledPair } from '../../../runs/jsonFormats.js';
import { JUDGING_JSON, PAIRS_JSON } from '../../../runs/layout.js';
import type { RunTest } from '../../../runs/openRun.js';
import { judgeAngles } from '../../accuracy/judgeAngles.js';
import { type OperatingPoint, operatingPoints } from '../../accuracy/operatingPoints.js';
import { readAngles } from '../../accuracy/readAngles.js';
import type { TestRecord } from '../../figures/runRecord.js';

/** The error rates of a threshold. */
export interface ErrorRates {
  readonly threshold: number;
  /** The share of pairs of two persons that is taken for one person. */
  readonly falseMatchRate: number;
  /** The share of pairs of one person that is taken for two. */
  readonly falseNonMatchRate: number;
}

/** What an accuracy test shows beyond its accuracy. */
export interface JudgedAccuracy {
  /** Name and digest as logged. */
  readonly dataset: { readonly name: string | undefined; readonly sha256: string | undefined };
  readonly scenarios: readonly string[];
  /** The network that answered. */
  readonly network: string;
  readonly pairs: readonly LabelledPair[];
  readonly angles: Float64Array;
  readonly result: AccuracyResult;
  /** Undefined if a response gave no angle, or all pairs are of one kind. */
  readonly curve: { readonly points: readonly ErrorRates[]; readonly chosen: ErrorRates } | undefined;
}

/** An accuracy test whose answers are not there to be judged again. */
export interface WithoutAnswers {
  readonly scenario: string;
  /** A clause. */
  readonly reason: string;
}

export async function readJudgedAccuracy(
  opened: RunTest,
  { scenario, data }: TestRecord,
): Promise<JudgedAccuracy | WithoutAnswers> {
  const log = await opened.accuracyLog();
  if (log !== undefined && (await isShortenedLog(log)))
    return { scenario, reason: 'its accuracy log is shortened for submission' };
  const [pairs, judging] = [await opened.pairs(), await opened.judging()];
  if (log === undefined || pairs === undefined || judging === undefined) {
    const files = Object.entries({ [ACCURACY_LOG_NAME]: log, [PAIRS_JSON]: pairs, [JUDGING_JSON]: judging });
    const lacking = files.flatMap(([name, file]) => (file === undefined ? [name] : []));
    return { scenario, reason: `its folder has no ${lacking.join(' and no ')}` };
  }
  const { network, featureValues, threshold } = judging;
  const angles = await readAngles(log, pairs.length, featureValues);
  const result = judgeAngles(angles, pairs, threshold);
  const dataset = { name: data.name, sha256: data.sha256 };
  return { dataset, scenarios: [scenario], network, pairs, angles, result, curve: errorCurve(angles, pairs, result) };
}

/** `angles` and `pairs` are parallel. */
export function errorCurve(
  angles: Float64Array,
  pairs: readonly LabelledPair[],
  result: AccuracyResult,
): JudgedAccuracy['curve'] {
  const sameCount = result.truePositives + result.falseNegatives;
  const differentCount = pairs.length - sameCount;
  if (Number.isNaN(result.accuracy) || sameCount === 0 || differentCount === 0) return undefined;
  const rates = ({ threshold, truePositives, falsePositives }: OperatingPoint) => ({
    threshold,
    falseMatchRate: falsePositives / differentCount,
    falseNonMatchRate: (sameCount - truePositives) / sameCount,
  });
  const scored = pairs.map(({ same }, index) => ({ same, angle: elementAt(angles, index) }));
  return { points: corners(operatingPoints(scored).map(rates)), chosen: rates(result) };
}

/** Drops points on a straight line between their neighbours. */
function corners(points: readonly ErrorRates[]): ErrorRates[] {
  return points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined || after === undefined) return true;
    const isHorizontal = before.falseNonMatchRate === after.falseNonMatchRate;
    const isVertical = before.falseMatchRate === after.falseMatchRate;
    return !isHorizontal && !isVertical && point !== before;
  });
}

/** Merges tests of a run that gave the same angles for the same pairs: scenarios rarely change an answer. */
export function withoutRepeated(judged: readonly JudgedAccuracy[]): JudgedAccuracy[] {
  const distinct: JudgedAccuracy[] = [];
  for (const one of judged) {
    const known = distinct.findIndex((other) => isSameJudgement(one, other));
    const other = distinct[known];
    if (other === undefined) distinct.push(one);
    else distinct[known] = { ...other, scenarios: [...other.scenarios, ...one.scenarios] };
  }
  return distinct;
}

function isSameJudgement(one: JudgedAccuracy, other: JudgedAccuracy): boolean {
  return (
    one.dataset.sha256 === other.dataset.sha256 &&
    one.result.threshold === other.result.threshold &&
    one.angles.length === other.angles.length &&
    one.angles.every((angle, index) => Object.is(angle, other.angles[index])) &&
    JSON.stringify(one.pairs) === JSON.stringify(other.pairs)
  );
}
