import { LoadGenError } from '../../base/errors.js';
import { isShortenedLog } from '../../logs/accuracy/shortened.js';
import type { AccuracyFigure, OtherAccuracy } from '../../runs/accuracyText.js';
import { ACCURACY_TEXT } from '../../runs/layout.js';
import type { TestLogs } from '../../runs/testLogs.js';
import { judgeAnswers } from '../accuracy/judgeAnswers.js';

/** The remark about a submission's test without accuracy.txt. */
export const ONLY_SHORTENED_LOG = `no accuracy: there is no ${ACCURACY_TEXT}, and the accuracy log is shortened for submission`;

/** A test's accuracy, with the threshold that it should have been judged by. */
export interface MeasuredAccuracy extends AccuracyFigure {
  /** As judging.json states it; undefined where there is none. */
  readonly benchmarkThreshold: number | undefined;
}

/** As accuracy.txt states it, else from the answers; undefined where the mode asks for none or the folder has neither. */
export async function measuredAccuracy(
  test: TestLogs,
  mode: string,
): Promise<MeasuredAccuracy | OtherAccuracy | typeof ONLY_SHORTENED_LOG | undefined> {
  if (mode !== 'AccuracyOnly' && mode !== 'SubmissionRun') return undefined;
  const [stated, judging] = [await test.accuracy(), await test.judging()];
  const benchmarkThreshold = judging?.threshold;
  if (isOtherAccuracy(stated)) return stated;
  if (stated !== undefined) return { ...stated, threshold: stated.threshold ?? benchmarkThreshold, benchmarkThreshold };
  const log = await test.accuracyLog();
  if (log !== undefined && (await isShortenedLog(log))) return ONLY_SHORTENED_LOG;
  const pairs = await test.pairs();
  if (pairs === undefined || judging === undefined) return undefined;
  if (log === undefined) throw new LoadGenError('REPORT_LOG_MISSING', `there is no accuracy log in ${test.folder}`);
  const result = await judgeAnswers(log, { pairs, ...judging });
  const { accuracy, pairCount, truePositives, trueNegatives, threshold, remarks } = result;
  const correctCount = truePositives + trueNegatives;
  return { accuracy, pairCount, correctCount, threshold, remarks, benchmarkThreshold };
}

/** Says that accuracy.txt is of another threshold than the benchmark's; undefined where it is not. */
export function thresholdRemark({ threshold, benchmarkThreshold }: MeasuredAccuracy): string | undefined {
  if (benchmarkThreshold === undefined || threshold === benchmarkThreshold) return undefined;
  return `the accuracy is at threshold ${threshold}, the benchmark's is ${benchmarkThreshold}`;
}

export function isOtherAccuracy(accuracy: object | undefined): accuracy is OtherAccuracy {
  return accuracy !== undefined && 'firstLine' in accuracy;
}

/** Says that the accuracy is, or may be, that of another benchmark, whose text has another form or lacks the threshold. */
export function otherAccuracyRemark(stated: MeasuredAccuracy | OtherAccuracy | undefined): string | undefined {
  if (stated === undefined) return undefined;
  if (isOtherAccuracy(stated)) {
    const found = stated.firstLine === '' ? 'it states none' : `it begins with "${stated.firstLine}"`;
    return `${ACCURACY_TEXT} holds the accuracy of another model, in another form: ${found}`;
  }
  if (stated.threshold !== undefined) return undefined;
  return `${ACCURACY_TEXT} states no threshold: the accuracy is of another model than one that compares faces`;
}
