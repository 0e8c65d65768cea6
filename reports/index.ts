export { printable } from '../base/printable.js';
export { ACCURACY_LOG_NAME, type AccuracyLogEntry, readAccuracyLog } from '../logs/accuracy/read.js';
export { DETAIL_LOG_NAME, type DetailLog, type DetailLogEntry, readDetailLog } from '../logs/detail/read.js';
export { type Judging, readJudging } from '../runs/judging.js';
export type { LabelledPair } from '../runs/labelledPair.js';
export { readLabelledPairs } from '../runs/readLabelledPairs.js';
export { accuracyText, writeAccuracyText } from './accuracy/accuracyText.js';
export type { BestThreshold } from './accuracy/bestThreshold.js';
export {
  type AccuracyRequest,
  type AccuracyResult,
  computeAccuracy,
  type MisjudgedPair,
} from './accuracy/computeAccuracy.js';
export type { TenFoldAccuracy } from './accuracy/tenFoldAccuracy.js';
export { compareRuns } from './compare/compareRuns.js';
export type { Comparison } from './compare/comparison.js';
export { comparisonCsv } from './compare/comparisonCsv.js';
export { comparisonTable } from './compare/comparisonTable.js';
export { type MeasuredTest, readRun } from './figures/readRun.js';
export { htmlReport } from './html/htmlReport.js';
export { type Faces, misjudgedImages } from './html/misjudgedPairs.js';
export { type JudgedDataset, type ReportData, readReportData } from './html/reportData.js';
export { hgrmText, hlogText, latencyCsv, type QueryLatencies, readQueryLatencies } from './latencyFiles.js';
export { readAccuracyRow, readPerformanceRow } from './performanceLog.js';
export { readRunResult } from './result/readRunResult.js';
export { type RunResult, runResultSchema } from './result/runResult.js';
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
export { type ViewerTrace, viewerTraces } from './trace/viewerTrace.js';
