import { LoadGenError } from '../../base/errors.js';
import { MAX_LATENCY_NS } from '../latencies/read.js';
import type { LogSource } from '../logSource.js';
import {
  eventsWith,
  MAX_TRACE_LINE_LENGTH,
  MIN_SAMPLE_EVENT_LENGTH,
  sampleEventsIn,
  type TracedSample,
} from './events.js';
import type { GarbageCollection } from './write.js';

export const TRACE_LOG_NAME = 'mlperf_log_trace.json';

/** What the threads that write the official log trace of themselves, and the events of samples and queries. */
const maxBytes = (sampleCount: number) => 2 ** 30 + 2000 * sampleCount;

/** In the line of each collection; only our program writes them. Searching for a quote first would take longer. */
const COLLECTION_MARK = 'gc"';

export type CollectionTime = Omit<GarbageCollection, 'kind'>;

/** The times of a series, each by the order of issue. */
export interface TraceTimes {
  readonly latenciesNs: Float64Array;
  /** From when the first sample was due. */
  readonly dueNs: Float64Array;
  /** From when a sample was due until it was issued. */
  readonly issueDelayNs: Float64Array;
  /** Those in the trace; they count from when the first sample was due, and below 0 before that. */
  readonly collections: readonly CollectionTime[];
}

/**
 * Reads the times of the samples in `mlperf_log_trace.json`, ours or the official LoadGen's, of a run with one performance
 * series.
 *
 * @param expected how many samples there are; or, if they are known, their latencies, which those of the trace must be
 * @throws REPORT_TRACE_LOG unless the trace holds each sample once
 */
export async function readTraceTimes(source: LogSource, expected: number | Float64Array): Promise<TraceTimes> {
  const [sampleCount, knownNs] = typeof expected === 'number' ? [expected, undefined] : [expected.length, expected];
  checkSize(source, sampleCount);
  const samples = new SampleTimes(source, sampleCount, knownNs);
  const collections: CollectionTime[] = [];
  for await (const block of completeLines(source)) {
    for (const event of sampleEventsIn(block, source)) if (event.kind === 'sample') samples.take(event);
    for (const event of eventsWith(COLLECTION_MARK, block, source)) {
      if (event.kind === 'phase' && event.category === 'gc') collections.push(event);
    }
  }
  const { latenciesNs, dueNs, issueDelayNs, originNs } = samples.end();
  return {
    latenciesNs,
    dueNs: dueNs.map((ns) => ns - originNs),
    issueDelayNs,
    collections: collections.map(({ startNs, durationNs }) => ({ startNs: startNs - originNs, durationNs })),
  };
}

class SampleTimes {
  readonly #source: LogSource;
  readonly #knownNs: Float64Array | undefined;
  readonly #latenciesNs: Float64Array;
  readonly #dueNs: Float64Array;
  readonly #issueDelayNs: Float64Array;
  #originNs = Number.POSITIVE_INFINITY;
  #found = 0;

  constructor(source: LogSource, sampleCount: number, knownNs: Float64Array | undefined) {
    this.#source = source;
    this.#knownNs = knownNs;
    this.#latenciesNs = new Float64Array(sampleCount);
    this.#dueNs = new Float64Array(sampleCount).fill(Number.NaN);
    this.#issueDelayNs = new Float64Array(sampleCount);
  }

  take({ sample, dueNs, issueDelayNs, latencyNs }: TracedSample): void {
    if (sample >= this.#dueNs.length) throw this.#error(sample, `, expected those below ${this.#dueNs.length}`);
    if (!Number.isNaN(this.#dueNs[sample])) throw this.#error(sample, ', for the second time');
    if (latencyNs > MAX_LATENCY_NS)
      throw this.#error(sample, ` with ${latencyNs} ns, expected at most ${MAX_LATENCY_NS}`);
    const knownNs = this.#knownNs?.[sample] ?? latencyNs;
    if (latencyNs !== knownNs) throw this.#error(sample, ` with ${latencyNs} ns, expected ${knownNs} ns`);
    this.#latenciesNs[sample] = latencyNs;
    this.#dueNs[sample] = dueNs;
    this.#issueDelayNs[sample] = issueDelayNs;
    this.#originNs = Math.min(this.#originNs, dueNs);
    this.#found++;
  }

  end() {
    const sampleCount = this.#dueNs.length;
    if (this.#found < sampleCount) {
      throw traceError(this.#source, `found ${this.#found} samples, expected ${sampleCount}`);
    }
    return {
      ...{ latenciesNs: this.#latenciesNs, dueNs: this.#dueNs },
      ...{ issueDelayNs: this.#issueDelayNs, originNs: this.#originNs },
    };
  }

  #error(sample: number, fault: string): LoadGenError {
    return traceError(this.#source, `found sample_seq ${sample}${fault}`);
  }
}

/** The text in blocks of complete lines. */
async function* completeLines(source: LogSource): AsyncGenerator<string> {
  let pending = '';
  for await (const chunk of source.text('latin1')) {
    const end = chunk.lastIndexOf('\n') + 1;
    if (end > 0) yield pending + chunk.slice(0, end);
    pending = end > 0 ? chunk.slice(end) : pending + chunk;
    if (pending.length > MAX_TRACE_LINE_LENGTH) {
      throw traceError(source, `found a line longer than ${MAX_TRACE_LINE_LENGTH} characters`);
    }
  }
  yield pending;
}

function checkSize(source: LogSource, sampleCount: number): void {
  const [least, most] = [sampleCount * MIN_SAMPLE_EVENT_LENGTH, maxBytes(sampleCount)];
  const { sizeBytes } = source;
  if (sizeBytes >= least && sizeBytes <= most) return;
  throw traceError(source, `found ${sizeBytes} bytes for ${sampleCount} samples, expected ${least} to ${most}`);
}

function traceError({ name }: LogSource, what: string): LoadGenError {
  return new LoadGenError('REPORT_TRACE_LOG', `${name}: ${what}`, {
    hint: 'The file is of another run, or was not copied completely. Without it, the logs are read alone.',
  });
}
