import { z } from 'zod';
import { LoadGenError } from '../../base/errors.js';
import { parseJson, printable } from '../../base/text.js';
import type { LogSource } from '../logSource.js';
import { refuseShortenedLog } from './shortened.js';

export const ACCURACY_LOG_NAME = 'mlperf_log_accuracy.json';

/** A face pair's response takes 16,384 hex digits; other benchmarks' entries may be larger. */
const MAX_ENTRY_LENGTH = 1 << 20;
export const MAX_ENTRY_COUNT = 1_000_000;

const IN_ENTRY = '"}"';
const AT_END = 'nothing more';
type Expected = '"["' | '"{" or "]"' | '"{"' | '"," or "]"' | typeof IN_ENTRY | typeof AT_END;

/** Between entries: what may come, and what is expected after it. */
const STRUCTURE: Readonly<Record<Expected, Readonly<Record<string, Expected>>>> = {
  '"["': { '[': '"{" or "]"' },
  '"{" or "]"': { '{': IN_ENTRY, ']': AT_END },
  '"{"': { '{': IN_ENTRY },
  '"," or "]"': { ',': '"{"', ']': AT_END },
  [IN_ENTRY]: {},
  [AT_END]: {},
};

/** Official scripts cannot read other bytes, nor deep lists; an entry has neither. */
const FLAT_ASCII = /^[^[\x7f-\xff]*$/;

/** More than any byte. */
const NO_DIGIT = 256;
/** The value of each ASCII character as a hex digit. */
const DIGIT_VALUES = Uint16Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? NO_DIGIT : value;
});

export interface AccuracyLogEntry {
  /** `seq_id`: the sample's place in the order of issue. */
  readonly sequenceId: number;
  /** `qsl_idx`: the sample's index in the query sample library. */
  readonly sampleIndex: number;
  /** The response's bytes. */
  readonly data: Uint8Array;
  /** The line of the file on which the entry starts, counted from 1. */
  readonly line: number;
}

/**
 * Reads `mlperf_log_accuracy.json` entry by entry, in constant memory: an array of flat objects
 * `{ "seq_id" : 0, "qsl_idx" : 5426, "data" : "72D7…" }` in any layout.
 *
 * @throws REPORT_ACCURACY_LOG if it holds anything else; the message names the line
 * @throws REPORT_LOG_TRUNCATED if it ends early
 * @throws REPORT_LOG_SHORTENED if it is one of a submission, which lacks most of them
 */
export async function* readAccuracyLog(source: LogSource): AsyncGenerator<AccuracyLogEntry> {
  await refuseShortenedLog(source);
  const scanner = new AccuracyLogScanner(source.name);
  for await (const text of source.text('latin1')) yield* scanner.scan(text);
  scanner.end();
}

const entrySchema = z.object({
  seq_id: z.int().nonnegative(),
  qsl_idx: z.int().nonnegative(),
  data: z.string(),
});

class AccuracyLogScanner {
  readonly #file: string;
  #expected: Expected = '"["';
  #line = 1;
  #entryText = '';
  #entryCount = 0;

  constructor(file: string) {
    this.#file = file;
  }

  *scan(text: string): Generator<AccuracyLogEntry> {
    let position = 0;
    while (position < text.length) {
      if (this.#expected !== IN_ENTRY) {
        this.#takeStructure(text.charAt(position));
        position++;
        continue;
      }
      const close = text.indexOf('}', position);
      const stop = close === -1 ? text.length : close + 1;
      this.#entryText += text.slice(position, stop);
      position = stop;
      if (this.#entryText.length > MAX_ENTRY_LENGTH) {
        throw this.#error(`an entry longer than ${MAX_ENTRY_LENGTH} characters; expected "}" before that`);
      }
      if (close !== -1) yield this.#takeEntry();
    }
  }

  end(): void {
    if (this.#expected === AT_END) return;
    throw new LoadGenError(
      'REPORT_LOG_TRUNCATED',
      `${this.#file}:${this.#line}: the file ends after ${this.#entryCount} entries; expected ${this.#expected}`,
      { hint: 'The run was interrupted, or the file was not copied completely. Run the accuracy test again.' },
    );
  }

  #takeStructure(character: string): void {
    if (character === '\n') this.#line++;
    if (/[ \t\r\n]/.test(character)) return;
    const next = STRUCTURE[this.#expected][character];
    if (next === undefined) throw this.#error(`found "${printable(character)}", expected ${this.#expected}`);
    if (next === IN_ENTRY) this.#entryText = character;
    this.#expected = next;
  }

  #takeEntry(): AccuracyLogEntry {
    this.#entryCount++;
    if (this.#entryCount > MAX_ENTRY_COUNT) throw this.#error(`more than ${MAX_ENTRY_COUNT} entries`);
    const { seq_id, qsl_idx, data } = this.#parseEntry();
    const entry = { sequenceId: seq_id, sampleIndex: qsl_idx, data: this.#decodeHex(data, qsl_idx), line: this.#line };
    this.#line += this.#entryText.split('\n').length - 1;
    this.#expected = '"," or "]"';
    return entry;
  }

  #parseEntry(): z.infer<typeof entrySchema> {
    const json = FLAT_ASCII.test(this.#entryText) ? parseJson(this.#entryText) : undefined;
    const parsed = entrySchema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw this.#error(
      `found ${printable(this.#entryText, 80)}, expected { "seq_id" : N, "qsl_idx" : N, "data" : "HEX DIGITS" }`,
    );
  }

  #decodeHex(hex: string, sampleIndex: number): Uint8Array {
    const data = new Uint8Array(Math.ceil(hex.length / 2));
    for (let index = 0; index < data.length; index++) {
      const high = DIGIT_VALUES[hex.charCodeAt(2 * index)] ?? NO_DIGIT;
      const low = DIGIT_VALUES[hex.charCodeAt(2 * index + 1)] ?? NO_DIGIT;
      const byte = high * 16 + low;
      if (byte >= NO_DIGIT) {
        const found = printable(hex.slice(2 * index, 2 * index + 2));
        throw this.#error(
          `the data of qsl_idx ${sampleIndex}, ${hex.length} characters long, has "${found}" after ${2 * index}; ` +
            'expected an even number of hex digits',
        );
      }
      data[index] = byte;
    }
    return data;
  }

  #error(what: string): LoadGenError {
    return new LoadGenError('REPORT_ACCURACY_LOG', `${this.#file}:${this.#line}: ${what}`);
  }
}
