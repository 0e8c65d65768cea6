import type { AuditedLogs, AuditResult } from './auditResult.js';

/** What an audit sets, by the name that it has in a config file and, after `effective_`, in a detail log. */
export type AuditSettings = Readonly<Record<string, bigint | number | boolean>>;

/** An audit: a performance run with a config file of its own, and what its logs are held against. */
export interface Audit {
  /** What its run has to state; all else as in the run that is audited. */
  readonly settings: AuditSettings;
  /** Of its config file. */
  readonly configText: string;
  /** The files that a submission holds of its result. */
  readonly textNames: readonly string[];
  readonly verify: (audited: AuditedLogs) => Promise<AuditResult>;
}

/** Latencies so short that the system's noise shows. */
const SHORT_UP_TO_NS: Readonly<Record<string, number>> = { SingleStream: 200_000, MultiStream: 1_600_000 };

/** By which share the score of an audit's run may differ from the audited run's. */
export function toleranceOf(scenario: string, referenceScore: number): number {
  return referenceScore <= (SHORT_UP_TO_NS[scenario] ?? 0) ? 0.2 : 0.1;
}

/** The config file that sets this for a performance run. */
export function auditConfigText(settings: AuditSettings): string {
  const lines = Object.entries(settings).map(([name, value]) => `*.*.${name} = ${BigInt(value)}`);
  return ['*.*.mode = 2', ...lines, ''].join('\n');
}

/** As the detail log states them, by its keys. */
export function loggedSettings(settings: AuditSettings): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [`effective_${name}`, String(value)]));
}
