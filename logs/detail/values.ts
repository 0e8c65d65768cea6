import { LoadGenError } from '../../base/errors.js';
import type { DetailLog, DetailLogEntry } from './read.js';

const NUMBER_TEXT = /^-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?$/;
const BOOLEAN_TEXTS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Typed access to a detail log's keys, most of which stand in it once. */
export class LogValues {
  readonly log: DetailLog;
  readonly #entries: ReadonlyMap<string, readonly DetailLogEntry[]>;

  constructor(log: DetailLog) {
    this.log = log;
    this.#entries = log.entries;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  string(key: string): string {
    const value = this.#single(key);
    if (typeof value !== 'string') throw this.error(key, `a ${typeof value}`, 'a string');
    return value;
  }

  /** On one line; empty if the key is absent. */
  optionalText(key: string): string {
    return this.has(key) ? this.string(key).replace(/\s+/g, ' ').trim() : '';
  }

  /** Also of a text that is a number, which loggers other than the LoadGen's write. */
  number(key: string): number {
    const value = this.#single(key);
    const number = numberIn(value);
    if (number === undefined) throw this.error(key, `a ${typeof value}`, 'a number');
    return number;
  }

  optionalNumber(key: string): number | undefined {
    return this.has(key) ? this.number(key) : undefined;
  }

  /** A 64-bit setting. */
  bigint(key: string): bigint {
    const value = this.#single(key);
    if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) return BigInt(value);
    if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value);
    throw this.error(key, `a ${typeof value}`, 'an integer');
  }

  boolean(key: string): boolean {
    const value = this.#single(key);
    const boolean = booleanIn(value);
    if (boolean === undefined) throw this.error(key, `a ${typeof value}`, 'true or false');
    return boolean;
  }

  /** The value that the last series logged, of a key that each series logs. */
  lastNumber(key: string): number | undefined {
    return numberIn(this.#entries.get(key)?.at(-1)?.value);
  }

  /** Of a key that may be absent, and whose value is a list. */
  numbers(key: string): number[] {
    const value = this.#entries.get(key)?.at(-1)?.value;
    return Array.isArray(value) ? value.filter((each) => typeof each === 'number') : [];
  }

  /** The values of all keys with this prefix, by the rest of the key; without lists and null. */
  texts(prefix: string): Record<string, string> {
    const entries = [...this.#entries].filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(
      entries.flatMap(([key, values]) => {
        const value = values[0]?.value;
        return value === null || typeof value === 'object' ? [] : [[key.slice(prefix.length), String(value)]];
      }),
    );
  }

  isFalse(key: string): boolean {
    return this.has(key) && booleanIn(this.#single(key)) === false;
  }

  errorMessages(): string[] {
    return [...this.#entries.values()]
      .flat()
      .filter((entry) => entry.isError)
      .toSorted((one, other) => one.line - other.line)
      .map((entry) => String(entry.value));
  }

  error(key: string, found: string, expected: string): LoadGenError {
    const line = this.#entries.get(key)?.[0]?.line;
    const where = line === undefined ? this.log.file : `${this.log.file}:${line}`;
    return new LoadGenError('REPORT_LOG_KEY', `${where}: ${key}: found ${found}, expected ${expected}`);
  }

  #single(key: string): unknown {
    const entries = this.#entries.get(key) ?? [];
    const [entry] = entries;
    if (entry !== undefined && entries.length === 1) return entry.value;
    if (entry !== undefined) {
      const lines = entries.slice(0, 4).map(({ line }) => line);
      throw this.error(key, `${entries.length} entries`, `1; they stand on lines ${lines.join(', ')}`);
    }
    throw new LoadGenError('REPORT_LOG_KEY', `${this.log.file} holds no ${key}; expected 1 entry`, {
      hint: 'The run ended before it had a result, or it was a run of another kind.',
    });
  }
}

function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && NUMBER_TEXT.test(value) ? Number(value) : undefined;
}

function booleanIn(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? BOOLEAN_TEXTS[value.toLowerCase()] : undefined;
}
