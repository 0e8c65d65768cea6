import { z } from 'zod';
import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/printable.js';
import { readLogLines } from '../openLog.js';

export const DETAIL_LOG_NAME = 'mlperf_log_detail.txt';

export const DETAIL_LOG_MARK = ':::MLLOG';
/** `loaded_qsl_set` names every loaded sample in one line. */
export const DETAIL_LOG_LIMITS = { lineLength: 1 << 24, bytes: 1 << 28 };
const MAX_ENTRY_COUNT = 1_000_000;

export interface DetailLogEntry {
  /** As JSON gives it, but an integer beyond 2^53 is a bigint. */
  readonly value: unknown;
  readonly isError: boolean;
  readonly isWarning: boolean;
  readonly line: number;
}

/** Each key's entries, in the order of the file. */
export type DetailLog = ReadonlyMap<string, readonly DetailLogEntry[]>;

/**
 * Reads the `:::MLLOG {…}` lines of `mlperf_log_detail.txt`, and passes over all others. Keys are not judged. What the
 * official LoadGen writes though it is not JSON is understood: quotes inside a string, `inf`, `nan`. Throws a
 * `LoadGenError` with the line for a marked line that cannot be read, and for a file without any.
 */
export async function readDetailLog(file: string): Promise<DetailLog> {
  const entries = new Map<string, DetailLogEntry[]>();
  let entryCount = 0;
  for await (const { text, line } of readLogLines(file, DETAIL_LOG_LIMITS)) {
    if (!text.startsWith(DETAIL_LOG_MARK)) continue;
    entryCount += 1;
    if (entryCount > MAX_ENTRY_COUNT) throw logError(file, line, `more than ${MAX_ENTRY_COUNT} entries`);
    const { key, ...entry } = parseEntry(file, line, text.slice(DETAIL_LOG_MARK.length).trim());
    const ofKey = entries.get(key);
    if (ofKey === undefined) entries.set(key, [entry]);
    else ofKey.push(entry);
  }
  if (entryCount === 0) {
    throw new LoadGenError('REPORT_DETAIL_LOG', `${file} holds no line that starts with ${DETAIL_LOG_MARK}`, {
      hint: 'The run ended before it wrote a log, or this is not a LoadGen detail log.',
    });
  }
  return entries;
}

interface KeyedEntry extends DetailLogEntry {
  readonly key: string;
}

const recordSchema = z.object({
  key: z.string(),
  value: z.unknown(),
  metadata: z.object({ is_error: z.boolean().default(false), is_warning: z.boolean().default(false) }),
});

function parseEntry(file: string, line: number, text: string): KeyedEntry {
  const entry = parseJsonEntry(text, line) ?? parseUnescapedEntry(text, line);
  if (entry !== undefined) return entry;
  const isCut = !text.endsWith('}');
  throw new LoadGenError(
    isCut ? 'REPORT_LOG_TRUNCATED' : 'REPORT_DETAIL_LOG',
    `${file}:${line}: found ${printable(text, 80)}, expected ${DETAIL_LOG_MARK} {"key": …, "value": …, "metadata": {…}}`,
    isCut ? { hint: 'The line was cut off: the run was interrupted, or the file was not copied whole.' } : {},
  );
}

function parseJsonEntry(text: string, line: number): KeyedEntry | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = recordSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const { key, value, metadata } = parsed.data;
  return { key, value: exactValue(value, text), isError: metadata.is_error, isWarning: metadata.is_warning, line };
}

/** JSON.parse rounds the 64-bit seeds, so their digits are taken from the text. */
function exactValue(value: unknown, text: string): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const digits = /"value"\s*:\s*(-?\d+)\s*[,}]/.exec(text)?.[1];
  return digits === undefined ? value : BigInt(digits);
}

/** The fixed layout in which the official LoadGen writes an entry, for values that it does not escape. */
const UNESCAPED_ENTRY =
  /^\{"key": "([^"]*)", "value": (.*), "time_ms": [^,]*, "namespace": "[^"]*", "event_type": "[^"]*", "metadata": \{"is_error": (true|false), "is_warning": (true|false),[^{}]*\}\}$/;

function parseUnescapedEntry(text: string, line: number): KeyedEntry | undefined {
  const [, key, valueText, isError, isWarning] = UNESCAPED_ENTRY.exec(text) ?? [];
  if (key === undefined || valueText === undefined) return undefined;
  const value = unescapedValue(valueText);
  if (value === undefined) return undefined;
  return { key, value, isError: isError === 'true', isWarning: isWarning === 'true', line };
}

function unescapedValue(text: string): unknown {
  if (text.length >= 2 && text.startsWith('"') && text.endsWith('"')) return text.slice(1, -1);
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  if (text === '-inf') return Number.NEGATIVE_INFINITY;
  return /^-?nan$/.test(text) ? Number.NaN : undefined;
}

function logError(file: string, line: number, what: string): LoadGenError {
  return new LoadGenError('REPORT_DETAIL_LOG', `${file}:${line}: found ${what}`);
}
