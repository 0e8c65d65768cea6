import type { Division } from '../names.js';
import type { Audit } from './audit.js';
import { TEST01 } from './test01.js';
import { TEST04 } from './test04.js';

/** By the name of the folder that a submission keeps it in. To add one: its file, and a line here. */
export const AUDITS = { TEST01, TEST04 } satisfies Readonly<Record<string, Audit>>;

export type AuditName = keyof typeof AUDITS;
export const AUDIT_NAMES: readonly AuditName[] = Object.keys(AUDITS).filter(isAuditName);

/** Those that a division asks for. */
export function auditsOf(division: Division): readonly AuditName[] {
  return division === 'closed' ? AUDIT_NAMES : [];
}

function isAuditName(name: string): name is AuditName {
  return Object.hasOwn(AUDITS, name);
}
