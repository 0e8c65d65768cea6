import { LoadGenError } from '../../base/errors.js';
import { printable } from '../printable.js';

/** What an audit is made on. */
export interface AuditRequest {
  /** Of the run that is audited: `accuracy/` and `performance/run_1/` hold its logs. */
  readonly scenarioFolder: string;
  /** Of the audit: `performance/run_1/` holds its logs. */
  readonly auditFolder: string;
  /** float32 values in the feature of one face: those of the image, then those of its mirror image. */
  readonly featureValues: number;
  /** Of the angle, 0 to 1: the same person if it is less. */
  readonly threshold: number;
}

/** What a fault speaks against: a fault of the settings against all. */
export type AuditPart = 'settings' | 'accuracy' | 'performance';

export interface AuditFinding {
  readonly part: AuditPart;
  /** For programs. */
  readonly code: string;
  readonly message: string;
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

export function auditResult(findings: Findings, report: AuditReport): AuditResult {
  const [first, ...rest] = findings.all();
  return first === undefined
    ? { verdict: 'PASS', ...report }
    : { verdict: 'FAIL', findings: [first, ...rest], ...report };
}

/** A log of a hundred thousand entries may have as many faults: so many of each kind are named, the rest is counted. */
const NAMED_OF_A_CODE = 10;

/** Gathers faults, so that all are reported at once. */
export class Findings {
  readonly #byCode = new Map<string, { part: AuditPart; messages: string[]; count: number }>();

  add(part: AuditPart, code: string, message: string): void {
    const kind = this.#byCode.get(`${part} ${code}`) ?? { part, messages: [], count: 0 };
    kind.count += 1;
    if (kind.messages.length < NAMED_OF_A_CODE) kind.messages.push(printable(message, 1000));
    this.#byCode.set(`${part} ${code}`, kind);
  }

  /** Makes a fault of a log that is missing or cannot be read; undefined where that was so. */
  async reading<T>(part: AuditPart, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (thrown) {
      if (!(thrown instanceof LoadGenError)) throw thrown;
      this.add(part, thrown.code, thrown.message);
      return undefined;
    }
  }

  all(): AuditFinding[] {
    return [...this.#byCode].flatMap(([partAndCode, { part, messages, count }]) => {
      const code = partAndCode.slice(part.length + 1);
      const unnamed = count - messages.length;
      const rest = unnamed > 0 ? [{ part, code, message: `and ${unnamed} more of these` }] : [];
      return [...messages.map((message) => ({ part, code, message })), ...rest];
    });
  }

  /**
   * The end of a text for a submission: the line that its checker looks for, and why not. Checkers search for the words of
   * a pass, so that these may come in no other way, such as in the name of a system.
   */
  verdictLines(parts: readonly AuditPart[]): string[] {
    const findings = this.all().filter(({ part }) => parts.includes(part));
    if (findings.length === 0) return ['TEST PASS'];
    return [
      ...findings.map(({ code, message }) => `${code}: ${message.replaceAll('TEST PASS', 'TEST…PASS')}`),
      'TEST FAIL',
    ];
  }
}
