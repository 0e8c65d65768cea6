export { accuracyText, writeAccuracyText } from './accuracy/accuracyText.js';
export type { BestThreshold } from './accuracy/bestThreshold.js';
export {
  type AccuracyRequest,
  type AccuracyResult,
  computeAccuracy,
  type MisjudgedPair,
} from './accuracy/computeAccuracy.js';
export { JUDGING_NAME, type Judging, readJudging } from './accuracy/judging.js';
export type { LabelledPair } from './accuracy/labelledPair.js';
export type { TenFoldAccuracy } from './accuracy/tenFoldAccuracy.js';
export { ACCURACY_LOG_NAME, type AccuracyLogEntry, readAccuracyLog } from './logs/accuracyLog.js';
export { DETAIL_LOG_NAME, type DetailLog, type DetailLogEntry, readDetailLog } from './logs/detailLog.js';
export { readAccuracyRow, readPerformanceRow } from './performanceLog.js';
export {
  type AccuracyRow,
  type BrokenOffRow,
  isInvalid,
  type LatencyPercentiles,
  type MultiStreamRow,
  type OfflineRow,
  type PerformanceRow,
  type RunRow,
  type ServerRow,
  type SingleStreamRow,
  type Verdict,
} from './runRow.js';
export { type RunTableOptions, runTable } from './runTable.js';
