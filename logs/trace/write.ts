import type { LogOrigin, LogWriter } from '../detail/write.js';

/** The times of one series, from which its part of the trace is made. */
export interface TracedSeries {
  readonly queries: {
    readonly samplesPerQuery: number;
    /** The library's sample indices, query after query. */
    readonly sampleIndices: Uint32Array;
  };
  readonly firstQueryId: number;
  readonly firstSampleId: number;
  /** Nanoseconds from the trace's origin to the start of the series. */
  readonly startNs: number;
  readonly scheduledNs: Float64Array;
  readonly issuedNs: Float64Array;
  readonly sampleLatenciesNs: Float64Array;
}

export interface GarbageCollection {
  /** `minor`: of young objects; `major`: of all; `marking`: the start of marking in steps. */
  readonly kind: 'minor' | 'major' | 'marking';
  /** On the clock that the run is timed by. */
  readonly startNs: number;
  readonly durationNs: number;
}

/**
 * `mlperf_log_trace.json` in the Trace Event Format, for Perfetto and chrome://tracing: for each sample an asynchronous
 * event from when it was due until it was answered, with the official arguments. Unlike the official one it is valid
 * JSON.
 */
export class TraceLogWriter {
  readonly #write: LogWriter;
  readonly #origin: LogOrigin;
  #separator = '\n';

  constructor(write: LogWriter, origin: LogOrigin) {
    this.#write = write;
    this.#origin = origin;
    write('{"traceEvents":[');
    this.#event('"name":"process_name","ph":"M"', '"args":{"name":"sphereface-loadgen"}');
  }

  /** A phase of the run, on the line of the issuing thread. */
  phase(name: string, startNs: number, endNs: number): void {
    this.#event(
      `"name":${JSON.stringify(name)},"ph":"X"`,
      `"ts":${micros(startNs)},"dur":${micros(endNs - startNs)},"args":{}`,
    );
  }

  /** Pauses of the issuing thread; `originNs` is the clock's reading at which the trace begins. */
  collections(collections: readonly GarbageCollection[], originNs: number): void {
    for (const { kind, startNs, durationNs } of collections) {
      this.#event(
        `"name":"Garbage collection, ${kind}","cat":"gc","ph":"X"`,
        `"ts":${micros(startNs - originNs)},"dur":${micros(durationNs)},"args":{}`,
      );
    }
  }

  /** The samples of a series. How many queries were outstanding, and how late they were issued, follows from them. */
  series(series: TracedSeries): void {
    const { samplesPerQuery } = series.queries;
    for (const [sample, latencyNs] of series.sampleLatenciesNs.entries()) {
      const query = Math.trunc(sample / samplesPerQuery);
      const scheduledNs = series.scheduledNs[query] ?? 0;
      const issueStartNs = Math.round((series.issuedNs[query] ?? 0) - scheduledNs);
      const startNs = series.startNs + scheduledNs;
      const id = series.firstSampleId + sample;
      const identity = `"name":"Sample","cat":"default","id":${id}`;
      this.#event(
        `${identity},"ph":"b"`,
        `"ts":${micros(startNs)},"args":{"sample_seq":${id},"query_seq":${series.firstQueryId + query},` +
          `"sample_idx":${series.queries.sampleIndices[sample]},"issue_start_ns":${issueStartNs},"complete_ns":${latencyNs}}`,
      );
      this.#event(`${identity},"ph":"e"`, `"ts":${micros(startNs + latencyNs)}`);
    }
  }

  end(): void {
    this.#write('\n],\n"displayTimeUnit":"ns",\n"otherData":{"version":"MLPerf LoadGen v1.0"}\n}\n');
  }

  #event(identity: string, rest: string): void {
    this.#write(`${this.#separator}{${identity},"pid":${this.#origin.pid},"tid":${this.#origin.tid},${rest}}`);
    this.#separator = ',\n';
  }
}

/** The format counts in microseconds; three decimals keep the nanoseconds. */
function micros(ns: number): string {
  return (ns / 1000).toFixed(3);
}
