import type { Clock } from '../../base/clock.js';
import { LoadGenError, loadGenErrorOf, messageOf } from '../../base/errors.js';
import type { GeneratedQueries } from '../queries/generatedQueries.js';
import type { QueryResponder, QuerySampleResponse } from '../systemUnderTest.js';

/** Each thread measures for itself how far its clock is from the process's. */
const CLOCK_DISAGREEMENT_NS = 1e6;

/** Takes the bytes of a response that belongs in the accuracy log. Must copy what it keeps. */
export type ResponseSink = (sampleId: number, sampleIndex: number, data: Uint8Array) => void;

/** The times of a series, in nanoseconds; those of queries count from its start. */
export interface SeriesTimes {
  /** When each issued query was due. */
  readonly scheduledNs: Float64Array;
  /** When each issued query was issued. */
  readonly issuedNs: Float64Array;
  /** From when its query was due until the sample was answered: for each issued sample, in the order of ids. */
  readonly sampleLatenciesNs: Float64Array;
}

/**
 * Receives the answers of one series of queries: takes their time, checks that each sample is answered once, and wakes
 * whoever waits. On the hot path: typed arrays of known size, no allocation. Indices are checked before they are used, so
 * `?? 0` only satisfies the compiler: V8 compiles `elementAt` for arrays of all types, which costs a third of Offline's rate.
 */
export class CompletionRecorder implements QueryResponder {
  readonly #clock: Clock;
  readonly #samplesPerQuery: number;
  readonly #sampleIndices: Uint32Array;
  readonly #firstSampleId: number;
  readonly #logsResponse: ((sample: number) => boolean) | undefined;
  readonly #responseBytes: number | undefined;
  readonly #sink: ResponseSink;
  /** 1 for each answered sample. */
  readonly #answered: Uint8Array;
  readonly #latenciesNs: Float64Array;
  readonly #issuedNs: Float64Array;
  /** When queries are due, which latencies count from: see `dueTimes`. */
  readonly #scheduledNs: Float64Array;
  #startNs = 0;
  #issuedQueries = 0;
  #issuedSamples = 0;
  #answeredSamples = 0;
  #lastActivityNs = 0;
  #fault: LoadGenError | undefined;
  #wake: (() => void) | undefined;
  #ended = false;
  /** Of the query that was answered last: its samples' range, the earliest time of an answer, and the latency. */
  #firstOfQuery = 0;
  #endOfQuery = 0;
  #earliestNs = 0;
  #latencyNs = 0;

  constructor(options: {
    clock: Clock;
    queries: GeneratedQueries;
    firstSampleId: number;
    /** Whether the response to the n-th sample belongs in the accuracy log; undefined if none does. */
    logsResponse: ((sample: number) => boolean) | undefined;
    /** What each response has to hold; undefined if that is not known. */
    responseBytes?: number | undefined;
    sink: ResponseSink;
  }) {
    this.#clock = options.clock;
    this.#samplesPerQuery = options.queries.samplesPerQuery;
    this.#sampleIndices = options.queries.sampleIndices;
    this.#firstSampleId = options.firstSampleId;
    this.#logsResponse = options.logsResponse;
    this.#responseBytes = options.responseBytes;
    this.#sink = options.sink;
    this.#answered = new Uint8Array(options.queries.sampleIndices.length);
    this.#latenciesNs = new Float64Array(options.queries.sampleIndices.length);
    this.#issuedNs = new Float64Array(options.queries.queryCount);
    this.#scheduledNs = dueTimes(options.queries, this.#issuedNs);
  }

  get startNs(): number {
    return this.#startNs;
  }

  get issuedQueries(): number {
    return this.#issuedQueries;
  }

  get answeredSamples(): number {
    return this.#answeredSamples;
  }

  get outstandingSamples(): number {
    return this.#issuedSamples - this.#answeredSamples;
  }

  get fault(): LoadGenError | undefined {
    return this.#fault;
  }

  get lastActivityNs(): number {
    return this.#lastActivityNs;
  }

  /** When a query is due by the schedule, as the clock reads then. */
  dueNs(query: number): number {
    return this.#startNs + (this.#scheduledNs[query] ?? 0);
  }

  start(startNs: number): void {
    this.#startNs = startNs;
    this.#lastActivityNs = startNs;
  }

  /** The next query goes out at `nowNs`. */
  beginQuery(nowNs: number, sampleCount: number): void {
    this.#issuedNs[this.#issuedQueries] = nowNs - this.#startNs;
    this.#lastActivityNs = nowNs;
    this.#issuedQueries++;
    this.#issuedSamples += sampleCount;
  }

  querySamplesComplete(responses: readonly QuerySampleResponse[], completedAtNs?: number): void {
    if (this.#ended) return;
    const nowNs = this.#clock.nowNs();
    // Not `??`: null is no time.
    const completedNs = completedAtNs === undefined ? nowNs : completedAtNs;
    this.#lastActivityNs = nowNs;
    try {
      if (typeof completedNs !== 'number' || !(completedNs <= nowNs + CLOCK_DISAGREEMENT_NS)) {
        this.fail(wrongAnswer(`answered with the completion time ${messageOf(completedNs)}, expected one until now`));
        return;
      }
      // Those of the call before may have another time.
      this.#endOfQuery = 0;
      for (const response of responses) {
        this.#record(response, completedNs - this.#startNs);
        if (this.#fault !== undefined) return;
      }
    } catch (thrown) {
      this.fail(wrongAnswer(`answered with something other than a list of responses: ${messageOf(thrown)}`));
    }
    if (this.#issuedSamples === this.#answeredSamples) this.#wakeWaiter();
  }

  fail(reason: unknown): void {
    const error =
      loadGenErrorOf(reason) ??
      new LoadGenError('SUT_FAILED', `the system under test failed: ${messageOf(reason)}`, { cause: reason });
    // The first fault is the cause, later ones its consequences.
    this.#fault ??= error;
    this.#wakeWaiter();
  }

  /** Resolves once every issued sample is answered, or something is wrong. One waiter at a time. */
  allAnswered(): Promise<void> {
    if (this.outstandingSamples === 0 || this.#fault !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Ignores answers from now on: they come too late. */
  end(): void {
    this.#ended = true;
  }

  /** Complete once all issued samples are answered. */
  times(): SeriesTimes {
    return {
      scheduledNs: this.#scheduledNs.subarray(0, this.#issuedQueries),
      issuedNs: this.#issuedNs.subarray(0, this.#issuedQueries),
      sampleLatenciesNs: this.#latenciesNs.subarray(0, this.#issuedSamples),
    };
  }

  #record(response: QuerySampleResponse, completedNs: number): void {
    const sample = response.id - this.#firstSampleId;
    if (!(sample >= 0 && sample < this.#issuedSamples && Number.isInteger(sample))) {
      this.fail(wrongAnswer(`answered sample id ${String(response.id)}, which was not asked`));
      return;
    }
    if (this.#answered[sample] !== 0) {
      this.fail(wrongAnswer(`answered sample id ${response.id} a second time`));
      return;
    }
    if (sample < this.#firstOfQuery || sample >= this.#endOfQuery) this.#enterQuery(sample, completedNs);
    if (completedNs < this.#earliestNs) {
      this.fail(wrongAnswer(`gave sample id ${response.id} a completion time before it was asked`));
      return;
    }
    if (this.#responseBytes !== undefined && response.data?.length !== this.#responseBytes) {
      const expected = `expected ${this.#responseBytes}`;
      this.fail(
        wrongAnswer(`answered sample id ${response.id} with ${messageOf(response.data?.length)} bytes, ${expected}`),
      );
      return;
    }
    this.#latenciesNs[sample] = this.#latencyNs;
    this.#answered[sample] = 1;
    this.#answeredSamples++;
    if (this.#logsResponse?.(sample)) this.#keepData(sample, response);
  }

  /** What the samples of one query have in common when they are answered together is computed once. */
  #enterQuery(sample: number, completedNs: number): void {
    const query = Math.trunc(sample / this.#samplesPerQuery);
    this.#firstOfQuery = query * this.#samplesPerQuery;
    this.#endOfQuery = this.#firstOfQuery + this.#samplesPerQuery;
    this.#earliestNs = (this.#issuedNs[query] ?? 0) - CLOCK_DISAGREEMENT_NS;
    this.#latencyNs = Math.max(0, Math.round(completedNs - (this.#scheduledNs[query] ?? 0)));
  }

  #keepData(sample: number, response: QuerySampleResponse): void {
    if (!(response.data instanceof Uint8Array)) {
      this.fail(wrongAnswer(`answered sample id ${response.id} with ${typeof response.data}, expected a Uint8Array`));
      return;
    }
    try {
      this.#sink(response.id, this.#sampleIndices[sample] ?? 0, response.data);
    } catch (thrown) {
      // The system whose callback this is must not see that a log cannot be written.
      this.fail(thrown);
    }
  }

  #wakeWaiter(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}

/**
 * A scenario with a schedule says when queries are due. In the others a query is due when it is issued, so the times of
 * issue are the due times: one array, which `beginQuery` fills.
 */
function dueTimes({ scheduledDeltaNs }: GeneratedQueries, issuedNs: Float64Array): Float64Array {
  return scheduledDeltaNs ?? issuedNs;
}

function wrongAnswer(what: string): LoadGenError {
  return new LoadGenError('SUT_WRONG_ANSWER', `the system under test ${what}`, {
    hint: 'Every issued sample has to be answered exactly once, with its id, and times on the process-wide clock.',
  });
}
