import type { AuditName, AuditResult } from '../../submission/index.js';

/** An audit's verdict with its figures, and why it failed. */
export function auditText(name: AuditName, scenario: string, result: AuditResult): string {
  const figures = Object.entries(result.figures).map(([figure, value]) => `  ${figure}: ${value}`);
  const findings = result.verdict === 'PASS' ? [] : result.findings.map(({ code, message }) => `  ${code}: ${message}`);
  return [`${name} ${scenario}: ${result.verdict}`, ...figures, ...findings].join('\n');
}
