import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { printable } from '../../base/printable.js';
import { writing } from '../../platform/node/files.js';
import { ACCURACY_TEXT } from '../../runs/layout.js';
import type { AccuracyResult, MisjudgedPair } from './computeAccuracy.js';

/**
 * The text of `accuracy.txt`. The first line is the one that submission checkers look for
 * (`accuracy=97.333%, good=584, total=600`); then one figure a line; then the pairs decided wrongly.
 */
export function accuracyText(result: AccuracyResult): string {
  const { tenFold } = result;
  const good = result.truePositives + result.trueNegatives;
  const lines = [
    `accuracy=${percent(result.accuracy)}, good=${good}, total=${result.pairCount}`,
    `threshold=${result.threshold}`,
    `true_positives=${result.truePositives}`,
    `true_negatives=${result.trueNegatives}`,
    `false_positives=${result.falsePositives}`,
    `false_negatives=${result.falseNegatives}`,
    `best_threshold=${decimals(result.bestThreshold.threshold)}`,
    `best_threshold_accuracy=${percent(result.bestThreshold.accuracy)}`,
    ...(tenFold === undefined
      ? []
      : [
          `ten_fold_accuracy_mean=${percent(tenFold.mean)}`,
          `ten_fold_accuracy_standard_deviation=${percent(tenFold.standardDeviation)}`,
        ]),
    `area_under_curve=${decimals(result.areaUnderCurve)}`,
    `equal_error_rate=${percent(result.equalErrorRate)}`,
    `misjudged_pairs=${result.misjudged.length}`,
    ...result.misjudged.map(misjudgedLine),
  ];
  return `${lines.join('\n')}\n`;
}

/** Writes `accuracy.txt` beside the logs and gives its path. */
export async function writeAccuracyText(logDir: string, result: AccuracyResult): Promise<string> {
  const file = join(logDir, ACCURACY_TEXT);
  await writing('REPORT_WRITE', file, () => writeFileAtomic(file, accuracyText(result)));
  return file;
}

function misjudgedLine({ index, pair, angle }: MisjudgedPair): string {
  const people = pair.same ? 'same person' : 'two persons';
  return `qsl_idx=${index}, ${people}, angle=${decimals(angle)}: ${printable(pair.nameA)} | ${printable(pair.nameB)}`;
}

function percent(part: number): string {
  return Number.isNaN(part) ? 'NaN' : `${(100 * part).toFixed(3)}%`;
}

function decimals(value: number): string {
  return Number.isFinite(value) ? value.toFixed(6) : String(value);
}
