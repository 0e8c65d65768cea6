import { join } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { DETAIL_LOG_NAME, type DetailLog, readDetailLog } from './read.js';

/** Typed access to keys that stand in a detail log once. */
export class LogValues {
  readonly #file: string;
  readonly #log: DetailLog;

  private constructor(file: string, log: DetailLog) {
    this.#file = file;
    this.#log = log;
  }

  static async read(logDir: string): Promise<LogValues> {
    const file = join(logDir, DETAIL_LOG_NAME);
    return new LogValues(file, await readDetailLog(file));
  }

  has(key: string): boolean {
    return this.#log.has(key);
  }

  string(key: string): string {
    const value = this.#single(key);
    if (typeof value !== 'string') throw this.error(key, `a ${typeof value}`, 'a string');
    return value;
  }

  /** On one line; empty where the key is absent. */
  optionalText(key: string): string {
    return this.has(key) ? this.string(key).replace(/\s+/g, ' ').trim() : '';
  }

  number(key: string): number {
    const value = this.#single(key);
    if (typeof value !== 'number') throw this.error(key, `a ${typeof value}`, 'a number');
    return value;
  }

  optionalNumber(key: string): number | undefined {
    return this.has(key) ? this.number(key) : undefined;
  }

  /** Of a 64-bit setting. */
  bigint(key: string): bigint {
    const value = this.#single(key);
    if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) return BigInt(value);
    throw this.error(key, `a ${typeof value}`, 'an integer');
  }

  boolean(key: string): boolean {
    const value = this.#single(key);
    if (typeof value !== 'boolean') throw this.error(key, `a ${typeof value}`, 'true or false');
    return value;
  }

  /** Of a key that each series of a run logs: what the last one said. */
  lastNumber(key: string): number | undefined {
    const value = this.#log.get(key)?.at(-1)?.value;
    return typeof value === 'number' ? value : undefined;
  }

  /** The plain values of all keys with this prefix, by the rest of the key. */
  texts(prefix: string): Record<string, string> {
    const entries = [...this.#log].filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(
      entries.flatMap(([key, values]) => {
        const value = values[0]?.value;
        return value === null || typeof value === 'object' ? [] : [[key.slice(prefix.length), String(value)]];
      }),
    );
  }

  isFalse(key: string): boolean {
    return this.has(key) && this.#single(key) === false;
  }

  errorMessages(): string[] {
    return [...this.#log.values()]
      .flat()
      .filter((entry) => entry.isError)
      .toSorted((one, other) => one.line - other.line)
      .map((entry) => String(entry.value));
  }

  error(key: string, found: string, expected: string): LoadGenError {
    const line = this.#log.get(key)?.[0]?.line;
    const where = line === undefined ? this.#file : `${this.#file}:${line}`;
    return new LoadGenError('REPORT_LOG_KEY', `${where}: ${key}: found ${found}, expected ${expected}`);
  }

  #single(key: string): unknown {
    const entries = this.#log.get(key) ?? [];
    const [entry] = entries;
    if (entry !== undefined && entries.length === 1) return entry.value;
    if (entry !== undefined) {
      const lines = entries.slice(0, 4).map(({ line }) => line);
      throw this.error(key, `${entries.length} entries`, `1; they stand on lines ${lines.join(', ')}`);
    }
    throw new LoadGenError('REPORT_LOG_KEY', `${this.#file} holds no ${key}; expected 1 entry`, {
      hint: 'The run ended before it had a result, or it was a run of another kind.',
    });
  }
}
