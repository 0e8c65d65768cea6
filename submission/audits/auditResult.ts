import type { AuditFinding, FindingCollector } from './findingCollector.js';

/** What an audit is verified from, and how its responses are judged. */
export interface AuditedLogs {
  /** Of the run that is audited: `accuracy/` and `performance/run_1/` hold its logs. */
  readonly scenarioFolder: string;
  /** Of the audit: `performance/run_1/` holds its logs. */
  readonly auditFolder: string;
  /** float32 values in the feature of one face: those of the image, then those of its mirror image. */
  readonly featureValues: number;
  /** Of the angle, 0 to 1: the same person if it is less. */
  readonly threshold: number;
}

/** By name; NaN where there is none. */
export type AuditFigures = Readonly<Record<string, number>>;

interface AuditReport {
  readonly figures: AuditFigures;
  /** What a submission holds of the audit, by the file's name: with "TEST PASS" or "TEST FAIL". */
  readonly texts: Readonly<Record<string, string>>;
}

/** An audit has passed where there is no fault. */
export type AuditResult =
  | (AuditReport & { readonly verdict: 'PASS' })
  | (AuditReport & { readonly verdict: 'FAIL'; readonly findings: readonly [AuditFinding, ...AuditFinding[]] });

export function auditResult(findings: FindingCollector, report: AuditReport): AuditResult {
  const [first, ...rest] = findings.all();
  return first === undefined
    ? { verdict: 'PASS', ...report }
    : { verdict: 'FAIL', findings: [first, ...rest], ...report };
}
