import { printable } from '../base/text.js';
import type { LabelledPair } from './jsonFormats.js';

const REMARK = 'remark=';
/** The figures, before the pairs. */
const MAX_HEAD_LENGTH = 4000;

export interface MisjudgedPair {
  /** The pair's sample index. */
  readonly index: number;
  readonly pair: LabelledPair;
  /** NaN where the response holds something that is not a finite number. */
  readonly angle: number;
}

export interface AccuracyResult {
  readonly pairCount: number;
  readonly threshold: number;
  /** Positive: taken for the same person. A pair whose angle is NaN is taken for two. */
  readonly truePositives: number;
  readonly trueNegatives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  /** The share of the pairs decided correctly, 0 to 1. NaN, like the figures below, if any angle is NaN. */
  readonly accuracy: number;
  /** Undefined, like both figures below, where all pairs are of one kind. */
  readonly bestThreshold: { readonly threshold: number; readonly accuracy: number } | undefined;
  /** Undefined unless the pairs are of exactly ten sets and have angles. */
  readonly tenFold: { readonly mean: number; readonly standardDeviation: number } | undefined;
  readonly areaUnderCurve: number | undefined;
  readonly equalErrorRate: number | undefined;
  /** What keeps the figures from saying what they usually say: sentences without a full stop. */
  readonly remarks: readonly string[];
  /** The pairs decided wrongly and those without an angle, by index. */
  readonly misjudged: readonly MisjudgedPair[];
}

/** What the head of `accuracy.txt` states. */
export interface AccuracyFigure {
  readonly correctCount: number;
  readonly pairCount: number;
  /** 0 to 1; NaN where a response gave no angle. */
  readonly accuracy: number;
  /** Undefined where the text does not state it, as others' texts do not. */
  readonly threshold: number | undefined;
  /** Those of `AccuracyResult`. */
  readonly remarks: readonly string[];
}

/**
 * The text of `accuracy.txt`. The first line is the one that submission checkers look for
 * (`accuracy=97.333%, good=584, total=600`); then one figure a line; then the pairs decided wrongly.
 */
export function accuracyText(result: AccuracyResult): string {
  const { tenFold, bestThreshold, areaUnderCurve, equalErrorRate } = result;
  const good = result.truePositives + result.trueNegatives;
  const lines = [
    `accuracy=${percent(result.accuracy)}, good=${good}, total=${result.pairCount}`,
    `threshold=${result.threshold}`,
    `true_positives=${result.truePositives}`,
    `true_negatives=${result.trueNegatives}`,
    `false_positives=${result.falsePositives}`,
    `false_negatives=${result.falseNegatives}`,
    ...(bestThreshold === undefined
      ? []
      : [
          `best_threshold=${decimals(bestThreshold.threshold)}`,
          `best_threshold_accuracy=${percent(bestThreshold.accuracy)}`,
        ]),
    ...(tenFold === undefined
      ? []
      : [
          `ten_fold_accuracy_mean=${percent(tenFold.mean)}`,
          `ten_fold_accuracy_standard_deviation=${percent(tenFold.standardDeviation)}`,
        ]),
    ...(areaUnderCurve === undefined ? [] : [`area_under_curve=${decimals(areaUnderCurve)}`]),
    ...(equalErrorRate === undefined ? [] : [`equal_error_rate=${percent(equalErrorRate)}`]),
    ...result.remarks.map((remark) => `${REMARK}${remark}`),
    `misjudged_pairs=${result.misjudged.length}`,
    ...result.misjudged.map(misjudgedLine),
  ];
  return `${lines.join('\n')}\n`;
}

/** The text of another benchmark, whose figures are not known here. */
export interface OtherAccuracy {
  /** Printable; empty where there is none but the digest of the log. */
  readonly firstLine: string;
}

export function firstLineOf(text: string): string {
  return (text.slice(0, 1000).split('\n', 1)[0] ?? '').trimEnd();
}

/** Undefined unless its first line is as in `accuracyText`. */
export function parseAccuracyText(text: string): (AccuracyFigure & { readonly percent: number }) | undefined {
  const [, stated, good, total] =
    /^accuracy=(NaN|[\d.]{1,20}%), good=(\d{1,9}), total=(\d{1,9})(?:hash=[0-9a-f]*)?$/.exec(firstLineOf(text)) ?? [];
  const [correctCount, pairCount] = [Number(good), Number(total)];
  if (stated === undefined || pairCount === 0 || correctCount > pairCount) return undefined;
  const accuracy = stated === 'NaN' ? Number.NaN : correctCount / pairCount;
  const threshold = /^[^\n]*\nthreshold=(\d{1,9}(?:\.\d{1,20})?(?:e-\d{1,3})?)\r?(?:\n|$)/.exec(text)?.[1];
  const numbers = { correctCount, pairCount, accuracy, percent: Number.parseFloat(stated) };
  return { ...numbers, threshold: threshold === undefined ? undefined : Number(threshold), remarks: remarksIn(text) };
}

function remarksIn(text: string): string[] {
  const [head = ''] = text.slice(0, MAX_HEAD_LENGTH).split('\nmisjudged_pairs=', 1);
  const lines = head.split('\n').filter((line) => line.startsWith(REMARK));
  return lines.map((line) => printable(line.slice(REMARK.length).trimEnd()));
}

function misjudgedLine({ index, pair, angle }: MisjudgedPair): string {
  const people = pair.same ? 'same person' : 'two persons';
  return `qsl_idx=${index}, ${people}, angle=${decimals(angle)}: ${printable(pair.nameA)} | ${printable(pair.nameB)}`;
}

function percent(share: number): string {
  return Number.isNaN(share) ? 'NaN' : `${(100 * share).toFixed(3)}%`;
}

function decimals(value: number): string {
  return Number.isFinite(value) ? value.toFixed(6) : String(value);
}
