import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import type { LogValues } from '../../logs/detail/values.js';
import { readLogValues } from '../../platform/node/openLog.js';

/** What a fault speaks against: a fault of the settings against all. */
export type AuditPart = 'settings' | 'accuracy' | 'performance';

export interface AuditFinding {
  readonly part: AuditPart;
  /** For programs. */
  readonly code: string;
  readonly message: string;
}

/** A log of a hundred thousand entries may have as many faults: so many of each kind are named, the rest is counted. */
const NAMED_OF_A_CODE = 10;

/** Gathers faults, so that all are reported at once. */
export class FindingCollector {
  readonly #byCode = new Map<string, { part: AuditPart; messages: string[]; count: number }>();

  add(part: AuditPart, code: string, message: string): void {
    const kind = this.#byCode.get(`${part} ${code}`) ?? { part, messages: [], count: 0 };
    kind.count++;
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

/** Reads a test's detail log. A missing log is a finding, and so is each line that the official scripts cannot read. */
export function readDetailValues(findings: FindingCollector, folder: string): Promise<LogValues | undefined> {
  return findings.reading('settings', async () => {
    const values = await readLogValues(folder);
    const { file, syntaxFaults } = values.log;
    for (const { line, found, expected } of syntaxFaults)
      findings.add('settings', 'AUDIT_LOG_SYNTAX', `${file}:${line}: found ${found}, expected ${expected}`);
    return values;
  });
}
