import { LoadGenError } from '../../base/errors.js';
import type { LogSource } from '../logSource.js';

export const TRACE_LOG_NAME = 'mlperf_log_trace.json';

const MAX_LINE_LENGTH = 1 << 20;
/** What the threads that write the official log trace of themselves, and the events of samples and queries. */
const maxBytes = (sampleCount: number) => 2 ** 30 + 2000 * sampleCount;

/**
 * A sample's event, in the official program's spelling and in ours. Between the members that count, others are taken one
 * by one and not by any text, so that a line takes no longer than its length allows.
 */
const OTHER_MEMBERS = String.raw`(?:\s*,\s*"(?!issue_start_ns|complete_ns)\w{1,40}"\s*:\s*-?\d{1,15}){0,8}`;
const ARGUMENTS = String.raw`"sample_seq"\s*:\s*(\d{1,15})${OTHER_MEMBERS}\s*,\s*"issue_start_ns"\s*:\s*(-?\d{1,15})${OTHER_MEMBERS}\s*,\s*"complete_ns"\s*:\s*(\d{1,15})\b`;
const SAMPLE = new RegExp(ARGUMENTS, 'g');
const TIMED_SAMPLE = new RegExp(
  String.raw`"ts"\s*:\s*(\d{1,15}(?:\.\d{1,3})?)\s*,\s*"args"\s*:\s*\{\s*${ARGUMENTS}`,
  'g',
);
/** Only our program writes it. */
const COLLECTION =
  /"cat"\s*:\s*"gc"[^\n]{0,100}?"ts"\s*:\s*(\d{1,15}(?:\.\d{1,3})?)\s*,\s*"dur"\s*:\s*(\d{1,12}(?:\.\d{1,3})?)/g;

/**
 * The latencies in `mlperf_log_trace.json` of a run with one performance series, by the order of issue. The official
 * file is no valid JSON, so its lines are searched. Throws a `LoadGenError` unless it holds each of `sampleCount`
 * samples once.
 */
export async function readTraceLatencies(source: LogSource, sampleCount: number): Promise<Float64Array> {
  const file = source.name;
  checkSize(source, sampleCount);
  const latenciesNs = new Float64Array(sampleCount).fill(Number.NaN);
  let found = 0;
  for await (const lines of wholeLines(source)) {
    for (const [, sequenceId, , latencyNs] of lines.matchAll(SAMPLE)) {
      const sample = Number(sequenceId);
      if (sample >= sampleCount || !Number.isNaN(latenciesNs[sample])) {
        const fault = sample >= sampleCount ? `expected those below ${sampleCount}` : 'for the second time';
        throw traceError(file, `found sample_seq ${sample}, ${fault}`);
      }
      latenciesNs[sample] = Number(latencyNs);
      found += 1;
    }
  }
  if (found === sampleCount) return latenciesNs;
  throw traceError(file, `found ${found} samples, expected ${sampleCount}`);
}

/** When each sample of a series was due, and what went on meanwhile. */
export interface TraceTimes {
  /** From when the first sample was due, by the order of issue. */
  readonly dueNs: Float64Array;
  /** From when a sample was due until it was issued. */
  readonly issueDelayNs: Float64Array;
  readonly collections: readonly GarbageCollection[];
}

export interface GarbageCollection {
  /** From when the first sample was due; below 0 before that. */
  readonly startNs: number;
  readonly durationNs: number;
}

/**
 * The times in the trace of a run with one performance series, whose latencies are known. Throws a `LoadGenError` unless
 * it has the same latencies.
 */
export async function readTraceTimes(source: LogSource, latenciesNs: Float64Array): Promise<TraceTimes> {
  const file = source.name;
  checkSize(source, latenciesNs.length);
  const startMicros = new Float64Array(latenciesNs.length).fill(Number.NaN);
  const issueDelayNs = new Float64Array(latenciesNs.length);
  const collections: { startMicros: number; durationNs: number }[] = [];
  let found = 0;
  for await (const lines of wholeLines(source)) {
    for (const [, micros, sequenceId, delayNs, latencyNs] of lines.matchAll(TIMED_SAMPLE)) {
      const sample = Number(sequenceId);
      if (Number(latencyNs) !== latenciesNs[sample] || !Number.isNaN(startMicros[sample])) {
        const expected = latenciesNs[sample] === undefined ? 'no such sample' : `${latenciesNs[sample]} ns once`;
        throw traceError(file, `found sample_seq ${sample} with ${latencyNs} ns, expected ${expected}`);
      }
      startMicros[sample] = Number(micros);
      issueDelayNs[sample] = Number(delayNs);
      found += 1;
    }
    for (const [, micros, duration] of lines.matchAll(COLLECTION)) {
      collections.push({ startMicros: Number(micros), durationNs: Math.round(Number(duration) * 1000) });
    }
  }
  if (found !== latenciesNs.length) throw traceError(file, `found ${found} samples, expected ${latenciesNs.length}`);
  const originMicros = startMicros.reduce((least, micros) => Math.min(least, micros), Number.POSITIVE_INFINITY);
  const fromOrigin = (micros: number) => Math.round((micros - originMicros) * 1000);
  return {
    dueNs: startMicros.map(fromOrigin),
    issueDelayNs,
    collections: collections.map((one) => ({ startNs: fromOrigin(one.startMicros), durationNs: one.durationNs })),
  };
}

function checkSize({ name: file, sizeBytes: size }: LogSource, sampleCount: number): void {
  if (size <= maxBytes(sampleCount)) return;
  throw traceError(file, `found ${size} bytes for ${sampleCount} samples; expected at most ${maxBytes(sampleCount)}`);
}

async function* wholeLines(source: LogSource): AsyncGenerator<string> {
  let pending = '';
  for await (const chunk of source.text('latin1')) {
    const end = chunk.lastIndexOf('\n') + 1;
    if (end > 0) yield pending + chunk.slice(0, end);
    pending = end > 0 ? chunk.slice(end) : pending + chunk;
    if (pending.length > MAX_LINE_LENGTH)
      throw traceError(source.name, `found a line longer than ${MAX_LINE_LENGTH} characters`);
  }
  yield pending;
}

function traceError(file: string, what: string): LoadGenError {
  return new LoadGenError('REPORT_TRACE_LOG', `${file}: ${what}`, {
    hint: 'The file is of another run, or was not copied whole. Without it, the logs are read alone.',
  });
}
