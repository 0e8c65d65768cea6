import { z } from 'zod';
import { LoadGenError } from '../../base/errors.js';
import { parseJson, printable } from '../../base/text.js';
import { type LogSource, readLogLines } from '../logSource.js';

export const MAX_TRACE_LINE_LENGTH = 1 << 20;
/** Fewer characters than the event of any sample takes, so that a trace's size bounds the number of its samples. */
export const MIN_SAMPLE_EVENT_LENGTH = 100;

const LIMITS = { lineLength: MAX_TRACE_LINE_LENGTH, bytes: Number.MAX_SAFE_INTEGER };
const FIRST = '{"traceEvents":[';
const FIRST_LINE = /^\{\s*"traceEvents"\s*:\s*\[\s*$/;
const LAST_LINE = /^\],?\s*$/;
const ONE_EVENT = 'one event of a trace';
const PROGRESS_LINES = 4096;
const SAMPLE_MARK = 'sample_seq';

/** A sample as both programs write it, on a line of its own. `parseAnyEvent` reads the same of it, ten times as slowly. */
const SAMPLE_PATTERN =
  String.raw`(?<![^\n])\{"name":"Sample","cat":"default",(?:"id":\d{1,15},)?"ph":"b","pid":\d{1,15},"(?:id|tid)":\d{1,15},` +
  String.raw`"ts":(\d{1,15}(?:\.\d{1,3})?),"args":\{"sample_seq":(\d{1,15}),"query_seq":(\d{1,15}),` +
  String.raw`"sample_idx":(\d{1,15}),"issue_start_ns":(-?\d{1,15}),"complete_ns":(\d{1,15})\}\},?\r?(?![^\n])`;
const SAMPLE_LINE = new RegExp(SAMPLE_PATTERN);
const SAMPLE_LINES = new RegExp(SAMPLE_PATTERN, 'g');

/** One sample, from when its query was due until it was answered. Times count from the trace's origin. */
export interface TracedSample {
  readonly kind: 'sample';
  readonly sample: number;
  readonly query: number;
  readonly sampleIndex: number;
  readonly dueNs: number;
  /** From when its query was due until it was issued. */
  readonly issueDelayNs: number;
  /** From when its query was due until it was answered. */
  readonly latencyNs: number;
}

/** What a thread did for some time, such as a garbage collection. */
export interface TracedPhase {
  readonly kind: 'phase';
  readonly name: string;
  readonly category: string | undefined;
  readonly thread: number;
  readonly startNs: number;
  readonly durationNs: number;
  readonly args: Readonly<Record<string, string | number | boolean | null>>;
}

/** Events of other kinds say nothing that those of samples and phases do not say. */
export type TracedEvent = TracedSample | TracedPhase | { readonly kind: 'other' };

/**
 * Yields the samples and phases in `mlperf_log_trace.json`, ours or the official LoadGen's, in the order of the file. Only
 * one line is in memory at a time, so a trace may be as long as a disk holds.
 *
 * @param onProgress called now and then with the number of characters read
 * @throws REPORT_TRACE_LOG if a line is not an event, or the trace ends early
 * @throws REPORT_LOG_TOO_LONG if a line is longer than any event
 */
export async function* readTraceEvents(
  source: LogSource,
  onProgress: (characters: number) => void = () => {},
): AsyncGenerator<(TracedSample | TracedPhase) & { readonly line: number }> {
  let [characters, lastLine] = [0, 1];
  for await (const { text, line } of readLogLines(source, LIMITS)) {
    lastLine = line;
    characters += text.length + 1;
    if (line % PROGRESS_LINES === 0) onProgress(characters);
    if (LAST_LINE.test(text)) return;
    if (line === 1 && !FIRST_LINE.test(text)) throw eventError(`${source.name}:${line}`, text, FIRST);
    if (line === 1 || text.trim() === '') continue;
    const event = parseTraceEvent(text);
    if (event === undefined) throw eventError(`${source.name}:${line}`, text, ONE_EVENT);
    if (event.kind !== 'other') yield { ...event, line };
  }
  throw eventError(`${source.name}:${lastLine}`, '', 'more events, and "]" behind the last');
}

/**
 * Parses a line. The official trace is not valid JSON, because some text in it is in doubled quotes; that is understood.
 * Returns undefined if the line is not an event.
 */
export function parseTraceEvent(line: string): TracedEvent | undefined {
  const match = SAMPLE_LINE.exec(line);
  return match === null ? parseAnyEvent(line) : sampleOf(match);
}

/**
 * The events in the lines that hold `mark`. `block` consists of complete lines; other lines are skipped.
 *
 * @throws REPORT_TRACE_LOG if such a line is not an event
 */
export function eventsWith(mark: string, block: string, { name }: LogSource): TracedEvent[] {
  const events: TracedEvent[] = [];
  for (let at = block.indexOf(mark); at !== -1; ) {
    const lineEnd = block.indexOf('\n', at);
    const end = lineEnd === -1 ? block.length : lineEnd;
    const text = block.slice(block.lastIndexOf('\n', at) + 1, end);
    const event = parseTraceEvent(text);
    if (event === undefined) throw eventError(name, text, ONE_EVENT);
    events.push(event);
    at = block.indexOf(mark, end);
  }
  return events;
}

/** The events in the lines that hold `sample_seq`: as `eventsWith`, twice as fast where all are laid out as usual. */
export function sampleEventsIn(block: string, source: LogSource): TracedEvent[] {
  const samples = Array.from(block.matchAll(SAMPLE_LINES), sampleOf);
  return samples.length === countOf(SAMPLE_MARK, block) ? samples : eventsWith(SAMPLE_MARK, block, source);
}

function countOf(mark: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + mark.length)) count++;
  return count;
}

function sampleOf([, ts, sample, query, sampleIndex, issueDelayNs, latencyNs]: RegExpExecArray): TracedSample {
  return {
    kind: 'sample',
    sample: Number(sample),
    query: Number(query),
    sampleIndex: Number(sampleIndex),
    dueNs: nanoseconds(Number(ts)),
    issueDelayNs: Number(issueDelayNs),
    latencyNs: Number(latencyNs),
  };
}

const count = z.int().nonnegative();
const microseconds = z.number();

const sampleSchema = z.object({
  ts: microseconds.nonnegative(),
  args: z.object({
    sample_seq: count,
    query_seq: count,
    sample_idx: count,
    issue_start_ns: z.number(),
    complete_ns: z.number().nonnegative(),
  }),
});

const phaseSchema = z.object({
  cat: z.string().optional(),
  tid: z.number(),
  ts: microseconds,
  dur: microseconds.nonnegative(),
  args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
});

/** The official trace's last event has a name alone. */
const eventSchema = z.looseObject({ name: z.string(), ph: z.string().optional() });

function parseAnyEvent(line: string): TracedEvent | undefined {
  const text = line.trimEnd().replace(/,$/, '');
  const event = eventSchema.safeParse(parseJson(text) ?? parseJson(withPlainQuotes(text)));
  if (!event.success) return undefined;
  const { name, ph } = event.data;
  if (ph === 'b' && name === 'Sample') return parseSample(event.data);
  return ph === 'X' ? parsePhase(name, event.data) : { kind: 'other' };
}

function parseSample(event: unknown): TracedSample | undefined {
  const parsed = sampleSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { ts, args } = parsed.data;
  return {
    kind: 'sample',
    sample: args.sample_seq,
    query: args.query_seq,
    sampleIndex: args.sample_idx,
    dueNs: nanoseconds(ts),
    issueDelayNs: args.issue_start_ns,
    latencyNs: args.complete_ns,
  };
}

function parsePhase(name: string, event: unknown): TracedPhase | undefined {
  const parsed = phaseSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { cat: category, tid, ts, dur, args } = parsed.data;
  return {
    kind: 'phase',
    ...{ name, category, thread: tid },
    ...{ startNs: nanoseconds(ts), durationNs: nanoseconds(dur), args },
  };
}

/** The official LoadGen puts text that it has put into quotes into quotes again; quotes within become apostrophes. */
function withPlainQuotes(text: string): string {
  return text.replace(/:""([^"]*)""/g, (_, inner: string) => `:${JSON.stringify(inner)}`);
}

/** Three decimals of a microsecond are whole nanoseconds. */
function nanoseconds(micros: number): number {
  return Math.round(micros * 1000);
}

function eventError(where: string, text: string, expected: string): LoadGenError {
  const found = text === '' ? 'the end of the file' : printable(text, 80);
  return new LoadGenError('REPORT_TRACE_LOG', `${where}: found ${found}, expected ${expected}`, {
    hint: 'The trace was cut off, or not copied completely, or is not of a LoadGen.',
  });
}
