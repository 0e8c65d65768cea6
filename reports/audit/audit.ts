import type { AuditRequest, AuditResult } from './auditResult.js';

/** An audit: a performance run with a config file of its own, and what its logs are held against. */
export interface Audit {
  /** Of its config file. */
  readonly configText: string;
  /** The logs that its run has to leave in `performance/run_1/`. */
  readonly logNames: readonly string[];
  readonly verify: (request: AuditRequest) => Promise<AuditResult>;
}
