export { type AddRequest, type AddResult, addRun } from './addRun.js';
export type { Audit } from './audits/audit.js';
export type {
  AuditedLogs,
  AuditFigures,
  AuditFinding,
  AuditPart,
  AuditResult,
} from './audits/auditResult.js';
export { AUDIT_NAMES, AUDITS, type AuditName } from './audits/audits.js';
export { checkPlan } from './checkPlan.js';
export { type CheckRequest, checkSubmission, type SubmissionCheck } from './checkSubmission.js';
export { type Finding, findingText } from './finding.js';
export { type InitRequest, type InitResult, initSubmission } from './initSubmission.js';
export { checkNames, DIVISIONS, type Division } from './names.js';
export { type PackRequest, type PackResult, packSubmission } from './packSubmission.js';
export { privateFindings } from './privateText.js';
export type { MachineFacts } from './systemDescription.js';
