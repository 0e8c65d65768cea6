import { join } from 'node:path';
import { ACCURACY_LOG_NAME } from '../../logs/accuracy/read.js';
import { openLog } from '../../platform/node/openLog.js';
import type { AccuracyResult } from '../../runs/accuracyText.js';
import { checkDecision, type Decision, judgeAnswers } from './judgeAnswers.js';

export interface AccuracyRequest extends Decision {
  /** The folder that holds the run's `mlperf_log_accuracy.json`. */
  readonly logDir: string;
}

/**
 * Judges the responses of a finished accuracy run, from its log alone.
 *
 * @throws REPORT_NO_PAIRS, REPORT_THRESHOLD if the request makes no sense
 * @throws REPORT_SAMPLE_*, REPORT_RESPONSE_SIZE if the log is of another run
 */
export async function computeAccuracy(request: AccuracyRequest): Promise<AccuracyResult> {
  checkDecision(request);
  return judgeAnswers(await openLog(join(request.logDir, ACCURACY_LOG_NAME)), request);
}
