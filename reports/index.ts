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
export { readLabelledPairs } from './accuracy/readLabelledPairs.js';
export type { TenFoldAccuracy } from './accuracy/tenFoldAccuracy.js';
export type { Audit } from './audit/audit.js';
export type { AuditedLogs, AuditFigures, AuditFinding, AuditPart, AuditResult } from './audit/auditResult.js';
export { AUDIT_NAMES, AUDITS, type AuditName } from './audit/audits.js';
export { compareRuns } from './compare/compareRuns.js';
export type { Comparison } from './compare/comparison.js';
export { comparisonCsv } from './compare/comparisonCsv.js';
export { comparisonTable } from './compare/comparisonTable.js';
export { htmlReport } from './html/htmlReport.js';
export { type Faces, misjudgedImages } from './html/misjudgedPairs.js';
export { type JudgedDataset, type ReportData, readReportData } from './html/reportData.js';
export { hgrmText, hlogText, latencyCsv, type QueryLatencies, readQueryLatencies } from './latencyFiles.js';
export { ACCURACY_LOG_NAME, type AccuracyLogEntry, readAccuracyLog } from './logs/accuracyLog.js';
export { DETAIL_LOG_NAME, type DetailLog, type DetailLogEntry, readDetailLog } from './logs/detailLog.js';
export { readAccuracyRow, readPerformanceRow } from './performanceLog.js';
export { printable } from './printable.js';
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
export { type MeasuredTest, readRun } from './runs/readRun.js';
export { type RunTableOptions, runTable } from './runTable.js';
export { type AddRequest, type AddResult, addRun } from './submission/addRun.js';
export { checkPlan } from './submission/checkPlan.js';
export { type CheckRequest, checkSubmission, type SubmissionCheck } from './submission/checkSubmission.js';
export { type Finding, findingText } from './submission/finding.js';
export { type InitRequest, type InitResult, initSubmission } from './submission/initSubmission.js';
export { checkNames, DIVISIONS, type Division } from './submission/names.js';
export { type PackRequest, type PackResult, packSubmission } from './submission/packSubmission.js';
export { privateFindings } from './submission/privateText.js';
export type { MachineFacts } from './submission/systemDescription.js';
export { type ViewerTrace, viewerTraces } from './trace/viewerTrace.js';
