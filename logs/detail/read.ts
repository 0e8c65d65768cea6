import { z } from 'zod';
import { LoadGenError } from '../../base/errors.js';
import { parseJson, printable } from '../../base/text.js';
import { type LogSource, readLogLines } from '../logSource.js';
import { notDetailLog } from './notDetailLog.js';
import { detailLineFault } from './syntax.js';
import { DETAIL_LOG_MARK, DETAIL_VERSION_KEY, LAST_KEY } from './write.js';

/** Deep enough for `syntax.ts` to say what the official scripts make of lists in lists. */
const MAX_DEPTH = 20_000;
export const DETAIL_LOG_NAME = 'mlperf_log_detail.txt';

/** `loaded_qsl_set` names every loaded sample in one line. */
const LIMITS = { lineLength: 1 << 24, bytes: 1 << 28 };
const MAX_ENTRY_COUNT = 1_000_000;
const MAX_SYNTAX_FAULTS = 10;

/** Of an entry whose metadata come last, as the official LoadGen writes it. */
const ENTRY_END = /\}\s*\}\s*$/;

/** The fixed layout in which the official LoadGen writes an entry, for values that it does not escape. */
const UNESCAPED_ENTRY = new RegExp(
  String.raw`^${DETAIL_LOG_MARK}\s*\{"key": "([^"]*)", "value": (.*), "time_ms": [^,]*, "namespace": "[^"]*", ` +
    String.raw`"event_type": "[^"]*", "metadata": \{"is_error": (true|false), "is_warning": (true|false),[^{}]*\}\}\s*$`,
);

export interface DetailLogEntry {
  /** As JSON gives it, but an integer beyond 2^53 is a bigint. */
  readonly value: unknown;
  readonly isError: boolean;
  readonly isWarning: boolean;
  /** Counted from 1. */
  readonly line: number;
}

/** A place in a detail log that the official scripts cannot read. */
export interface SyntaxFault {
  readonly line: number;
  /** Printable. */
  readonly found: string;
  readonly expected: string;
}

export interface DetailLog {
  /** The name of its source. */
  readonly file: string;
  /** Each key's entries, in the order of the file. */
  readonly entries: ReadonlyMap<string, readonly DetailLogEntry[]>;
  /** The first ten; empty if the official scripts can read the log. */
  readonly syntaxFaults: readonly SyntaxFault[];
}

/**
 * Reads the `:::MLLOG {…}` lines of `mlperf_log_detail.txt` and skips all others. Keys are not judged. The official
 * LoadGen writes some lines that are not JSON; they are understood and are syntax faults: quotes and line breaks inside a
 * string, `inf`, `nan`.
 *
 * @throws REPORT_DETAIL_LOG if a marked line cannot be read, or there is none
 * @throws REPORT_LOG_TRUNCATED if a marked line ends early, or the last line of our own logs is missing
 * @throws REPORT_LOG_TOO_LONG if the log or one of its lines is longer than any that a run writes
 */
export async function readDetailLog(source: LogSource): Promise<DetailLog> {
  const file = source.name;
  const entries = new Map<string, DetailLogEntry[]>();
  const syntaxFaults: SyntaxFault[] = [];
  let entryCount = 0;
  let lastKey = '';
  let firstLine = '';
  for await (const { text, line, isBroken } of joinBrokenLines(source)) {
    if (line === 1) firstLine = text;
    const record = parseRecord(text);
    const expected = detailLineFault(text, line, !isBroken && record?.metadata.is_error !== undefined);
    if (expected !== undefined && syntaxFaults.length < MAX_SYNTAX_FAULTS) {
      syntaxFaults.push({ line, found: printable(text, 80), expected });
    }
    if (!text.startsWith(DETAIL_LOG_MARK)) continue;
    if (++entryCount > MAX_ENTRY_COUNT) {
      throw new LoadGenError('REPORT_DETAIL_LOG', `${file}:${line}: found more than ${MAX_ENTRY_COUNT} entries`);
    }
    const { key, ...entry } = parseEntry(file, text, line, record);
    lastKey = key;
    const ofKey = entries.get(key);
    if (ofKey === undefined) entries.set(key, [entry]);
    else ofKey.push(entry);
  }
  if (entryCount === 0) {
    throw notDetailLog(file, firstLine);
  }
  checkLastKey(file, entries, lastKey);
  return { file, entries, syntaxFaults };
}

/** A line of the file, or several that the line breaks in a value made of one. */
interface JoinedLine {
  readonly text: string;
  /** The number of the first. */
  readonly line: number;
  readonly isBroken: boolean;
}

/**
 * Joins a marked line that ends within its entry and the unmarked lines after it, up to the entry's end: LoadGen 4.1 and
 * earlier write the line breaks of a value as they are. A space stands for each.
 */
async function* joinBrokenLines(source: LogSource): AsyncGenerator<JoinedLine> {
  let [parts, firstLine, length] = [[] as string[], 0, 0];
  const joined = () => ({ text: parts.join(' '), line: firstLine, isBroken: parts.length > 1 });
  for await (const { text, line } of readLogLines(source, LIMITS)) {
    if (parts.length > 0 && (text.startsWith(DETAIL_LOG_MARK) || length > LIMITS.lineLength)) {
      yield joined();
      parts = [];
    }
    if (parts.length > 0) {
      parts.push(text.trimEnd());
      length += text.length;
    } else if (endsWithinEntry(text)) {
      [parts, firstLine, length] = [[text.trimEnd()], line, text.length];
    } else {
      yield { text, line, isBroken: false };
    }
    if (parts.length > 1 && ENTRY_END.test(text)) {
      yield joined();
      parts = [];
    }
  }
  if (parts.length > 0) yield joined();
}

function endsWithinEntry(text: string): boolean {
  return text.startsWith(DETAIL_LOG_MARK) && !ENTRY_END.test(text) && parseRecord(text) === undefined;
}

/** The official LoadGen's logs have no last line of their own, nor have ours of before version 2. */
function checkLastKey(file: string, entries: DetailLog['entries'], lastKey: string): void {
  if (!entries.has(DETAIL_VERSION_KEY) || lastKey === LAST_KEY) return;
  throw new LoadGenError(
    'REPORT_LOG_TRUNCATED',
    `${file} is not complete: found ${printable(lastKey, 80)} as the last key, expected ${LAST_KEY}`,
    { hint: 'The run was interrupted, the disk was full, or the file was not copied completely. Run the test again.' },
  );
}

interface KeyedEntry extends DetailLogEntry {
  readonly key: string;
}

const recordSchema = z.object({
  key: z.string(),
  value: z.unknown(),
  // The official scripts insist on it.
  metadata: z.object({ is_error: z.boolean().optional(), is_warning: z.boolean().default(false) }),
});
type Record = z.infer<typeof recordSchema>;

function parseRecord(line: string): Record | undefined {
  if (!line.startsWith(DETAIL_LOG_MARK)) return undefined;
  return recordSchema.safeParse(parseJson(line.slice(DETAIL_LOG_MARK.length), MAX_DEPTH)).data;
}

function parseEntry(file: string, text: string, line: number, record: Record | undefined): KeyedEntry {
  if (record !== undefined) {
    const { is_error: isError = false, is_warning: isWarning } = record.metadata;
    return { key: record.key, value: exactValue(record.value, text), isError, isWarning, line };
  }
  const unescaped = parseUnescapedEntry(text, line);
  if (unescaped !== undefined) return unescaped;
  const found = text.slice(DETAIL_LOG_MARK.length).trim();
  const isCut = !found.endsWith('}');
  throw new LoadGenError(
    isCut ? 'REPORT_LOG_TRUNCATED' : 'REPORT_DETAIL_LOG',
    `${file}:${line}: found ${printable(found, 80)}, expected ${DETAIL_LOG_MARK} {"key": …, "value": …, "metadata": {…}}`,
    isCut ? { hint: 'The line was cut off: the run was interrupted, or the file was not copied completely.' } : {},
  );
}

/** JSON.parse rounds the 64-bit seeds, so their digits are taken from the line. */
function exactValue(value: unknown, text: string): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const digits = /"value"\s*:\s*(-?\d{1,20})\s*[,}]/.exec(text)?.[1];
  return digits === undefined ? value : BigInt(digits);
}

function parseUnescapedEntry(text: string, line: number): KeyedEntry | undefined {
  const [, key, valueText, isError, isWarning] = UNESCAPED_ENTRY.exec(text) ?? [];
  if (key === undefined || valueText === undefined) return undefined;
  const value = unescapedValue(valueText);
  if (value === undefined) return undefined;
  return { key, value, isError: isError === 'true', isWarning: isWarning === 'true', line };
}

function unescapedValue(text: string): unknown {
  if (text.length >= 2 && text.startsWith('"') && text.endsWith('"')) return text.slice(1, -1);
  // Lists and objects that the LoadGen before 2.0 wrote with a comma at their end.
  if (/^[{[].*[}\]]$/.test(text)) return text;
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  if (text === '-inf') return Number.NEGATIVE_INFINITY;
  if (/^-?nan$/.test(text)) return Number.NaN;
  // Of a LoadGen on Windows, the path in the metadata is what is not escaped.
  if (/^-?\d{16,20}$/.test(text)) return BigInt(text);
  const value = parseJson(text);
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
