import { z } from 'zod';
import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/printable.js';
import { type LogSource, readLogLines } from '../logSource.js';

/** What is written to a viewer's trace is written as it is read, so a trace may be as long as a disk holds. */
const LIMITS = { lineLength: 1 << 20, bytes: Number.MAX_SAFE_INTEGER };

/** One sample, from when its query was due until it was answered. Times count from the trace's origin. */
export interface TracedSample {
  readonly kind: 'sample';
  readonly sample: number;
  readonly query: number;
  readonly sampleIndex: number;
  readonly dueNs: number;
  readonly issuedNs: number;
  readonly answeredNs: number;
}

/** What a thread did for some time. */
export interface TracedPhase {
  readonly kind: 'phase';
  readonly name: string;
  readonly thread: number;
  readonly startNs: number;
  readonly durationNs: number;
  readonly args: Readonly<Record<string, string | number | boolean | null>>;
}

export type TracedEvent = (TracedSample | TracedPhase) & { readonly line: number };

/**
 * The samples and phases in `mlperf_log_trace.json`, ours or the official LoadGen's, in the order of the file. That one
 * is no valid JSON, so it is read line by line, an event in each, and text in doubled quotes is understood. Events of
 * other kinds are passed over: what they say of samples, the samples say. Throws a `LoadGenError` with the line for one
 * that cannot be read, and for a trace that was cut off.
 *
 * @param onProgress called now and then with the number of characters read
 */
export async function* readTraceEvents(
  source: LogSource,
  onProgress: (characters: number) => void = () => {},
): AsyncGenerator<TracedEvent> {
  let [characters, lastLine] = [0, 1];
  for await (const { text, line } of readLogLines(source, LIMITS)) {
    lastLine = line;
    characters += text.length + 1;
    if (line % PROGRESS_LINES === 0) onProgress(characters);
    if (LAST_LINE.test(text)) return;
    const event = parseLine(text, line);
    if (event === undefined) throw lineError(source.name, line, text, line === 1 ? FIRST : 'one event of a trace');
    if (event.kind !== 'other') yield { ...event, line };
  }
  throw lineError(source.name, lastLine, '', 'more events, and "]" behind the last');
}

const FIRST = '{"traceEvents":[';
const FIRST_LINE = /^\{\s*"traceEvents"\s*:\s*\[\s*$/;
const LAST_LINE = /^\],?\s*$/;
const PROGRESS_LINES = 4096;

type ParsedLine = TracedSample | TracedPhase | { readonly kind: 'other' };

function parseLine(text: string, line: number): ParsedLine | undefined {
  const isFrame = line === 1 ? FIRST_LINE.test(text) : text.trim() === '';
  if (isFrame) return { kind: 'other' };
  return line === 1 ? undefined : parseEvent(text);
}

const count = z.int().nonnegative();
const microseconds = z.number();

const sampleSchema = z.object({
  ts: microseconds.nonnegative(),
  args: z.object({
    sample_seq: count,
    query_seq: count,
    sample_idx: count,
    issue_start_ns: z.number().nonnegative(),
    complete_ns: z.number().nonnegative(),
  }),
});

const phaseSchema = z.object({
  tid: z.number(),
  ts: microseconds,
  dur: microseconds.nonnegative(),
  args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
});

/** The official trace's last event has a name alone. */
const eventSchema = z.looseObject({ name: z.string(), ph: z.string().optional() });

function parseEvent(line: string): ParsedLine | undefined {
  const text = line.trimEnd().replace(/,$/, '');
  const event = eventSchema.safeParse(parseJson(text) ?? parseJson(withPlainQuotes(text)));
  if (!event.success) return undefined;
  const { name, ph } = event.data;
  if (ph === 'b' && name === 'Sample') return parsedSample(event.data);
  return ph === 'X' ? parsedPhase(name, event.data) : { kind: 'other' };
}

function parsedSample(event: unknown): TracedSample | undefined {
  const parsed = sampleSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { ts, args } = parsed.data;
  const dueNs = nanoseconds(ts);
  return {
    kind: 'sample',
    sample: args.sample_seq,
    query: args.query_seq,
    sampleIndex: args.sample_idx,
    dueNs,
    issuedNs: dueNs + args.issue_start_ns,
    answeredNs: dueNs + args.complete_ns,
  };
}

function parsedPhase(name: string, event: unknown): TracedPhase | undefined {
  const parsed = phaseSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { tid, ts, dur, args } = parsed.data;
  return { kind: 'phase', name, thread: tid, startNs: nanoseconds(ts), durationNs: nanoseconds(dur), args };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The official LoadGen puts text that it has put into quotes into quotes again; quotes within become apostrophes. */
function withPlainQuotes(text: string): string {
  return text.replace(/:""([^"]*)""/g, (_, inner: string) => `:${JSON.stringify(inner)}`);
}

/** Three decimals of a microsecond are whole nanoseconds. */
function nanoseconds(micros: number): number {
  return Math.round(micros * 1000);
}

function lineError(file: string, line: number, text: string, expected: string): LoadGenError {
  const found = text === '' ? 'the end of the file' : printable(text, 80);
  return new LoadGenError('REPORT_TRACE_LOG', `${file}:${line}: found ${found}; expected ${expected}`, {
    hint: 'The trace was cut off, or not copied whole, or is not of a LoadGen.',
  });
}
