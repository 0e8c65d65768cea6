import { elementAt } from '../../base/arrays.js';
import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import type { LogValues } from '../../logs/detail/values.js';
import type { LogSource } from '../../logs/logSource.js';
import { MIN_SAMPLE_EVENT_LENGTH, readTraceEvents, type TracedSample } from '../../logs/trace/events.js';
import { TRACE_LOG_NAME } from '../../logs/trace/read.js';
import type { Run } from '../../runs/openRun.js';
import { OutstandingQueries } from './outstandingQueries.js';
import { ThreadNames } from './threadNames.js';
import {
  counterEvent,
  phaseEvent,
  SAMPLES_THREAD,
  sampleEvents,
  threadName,
  traceEnd,
  traceHead,
} from './traceEventFormat.js';

const MAX_SAMPLES = 2 ** 26;
const CHUNK_LENGTH = 1 << 16;

/** The trace of one performance test, for viewers. */
export interface ViewerTrace {
  readonly folder: string;
  readonly scenario: string;
  /** Its text, made as it is read: reading fails where the log's trace does. */
  chunks(onProgress: (share: number) => void): AsyncGenerator<string>;
}

/**
 * The traces of a run's performance tests in the Trace Event Format, as Perfetto and chrome://tracing read it: made from
 * `mlperf_log_trace.json`, ours or the official LoadGen's. Each sample is an asynchronous slice with its index, its
 * query and its times; the phases of threads stay as they are; counters say how many queries were outstanding, and in
 * Server how late each was issued.
 *
 * @throws REPORT_NO_TRACE if a test left none
 */
export async function* viewerTraces(run: Run): AsyncGenerator<ViewerTrace> {
  for await (const test of run.tests()) {
    const { folder } = test;
    const log = await test.detail();
    if (log.string('effective_test_mode') === 'AccuracyOnly') continue;
    const trace = await test.trace();
    if (trace === undefined) {
      throw new LoadGenError('REPORT_NO_TRACE', `${folder} has no ${TRACE_LOG_NAME}`, {
        hint: 'The test was run without a trace, or the file was not copied.',
      });
    }
    const scenario = printable(log.string('effective_scenario'), 20);
    yield { folder, scenario, chunks: (onProgress) => inChunks(traceLines(trace, log, onProgress)) };
  }
}

async function* inChunks(lines: AsyncGenerator<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

async function* traceLines(
  source: LogSource,
  log: LogValues,
  onProgress: (share: number) => void,
): AsyncGenerator<string> {
  const { name: file, sizeBytes: size } = source;
  const limit = Math.min(Math.ceil(size / MIN_SAMPLE_EVENT_LENGTH), MAX_SAMPLES);
  const isServer = log.string('effective_scenario') === 'Server';
  const facts = factsOf(log);
  const seen = new Uint8Array(limit);
  const queries = new OutstandingQueries(limit);
  const threads = new ThreadNames(SAMPLES_THREAD + 1);
  let sampleCount = 0;
  yield traceHead(`${facts.scenario}: ${facts.sutName}`, facts);
  for await (const event of readTraceEvents(source, (characters) => onProgress(Math.min(1, characters / size)))) {
    if (event.kind === 'phase') {
      const thread = threads.numberOf(event.thread, event.name);
      if (thread === undefined) throw traceError(`${file}:${event.line}`, 'found more threads than a LoadGen has');
      yield phaseEvent(event, thread);
      continue;
    }
    checkNew(`${file}:${event.line}`, event, seen);
    seen[event.sample] = 1;
    sampleCount++;
    const issuedNs = Math.max(0, event.dueNs + event.issueDelayNs);
    queries.add(event.query, issuedNs, event.dueNs + event.latencyNs);
    yield sampleEvents(event);
    if (isServer) yield counterEvent('Issue delay', 'ns', issuedNs, event.issueDelayNs);
  }
  checkCount(file, sampleCount, log);
  for (const { timeNs, count } of queries.counts()) yield counterEvent('Outstanding', 'queries', timeNs, count);
  for (const { number, name } of threads.names()) yield threadName(number, name);
  yield traceEnd;
}

function factsOf(log: LogValues) {
  const text = (key: string) => printable(log.string(key));
  return {
    scenario: text('effective_scenario'),
    mode: text('effective_test_mode'),
    sutName: text('sut_name'),
    loadgenVersion: text('loadgen_version'),
  };
}

function checkNew(where: string, { sample, query }: TracedSample, seen: Uint8Array): void {
  for (const [name, number] of [
    ['sample_seq', sample],
    ['query_seq', query],
  ] as const) {
    if (number >= seen.length)
      throw traceError(where, `found ${name} ${number}; expected one below ${seen.length}, for the size of the file`);
  }
  if (elementAt(seen, sample) === 1) throw traceError(where, `found sample_seq ${sample} for the second time`);
}

/** A trace of one series has all its samples; a run that was broken off does not say how many there are. */
function checkCount(file: string, found: number, log: LogValues): void {
  const queryCount = log.optionalNumber('result_query_count');
  const expected = (queryCount ?? Number.NaN) * (log.lastNumber('generated_samples_per_query') ?? Number.NaN);
  if (log.string('effective_test_mode') !== 'PerformanceOnly' || Number.isNaN(expected) || found === expected) return;
  throw traceError(file, `found ${found} samples; expected ${expected}, as the detail log says`);
}

function traceError(where: string, what: string): LoadGenError {
  return new LoadGenError('REPORT_TRACE_LOG', `${where}: ${what}`, {
    hint: 'The trace is of another run, or was not copied whole.',
  });
}
