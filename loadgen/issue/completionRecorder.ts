import type { Clock } from '../../base/clock.js';
import { LoadGenError, messageOf } from '../../base/errors.js';
import type { GeneratedQueries } from '../queries/generateQueries.js';
import type { QueryResponder, QuerySampleResponse } from '../systemUnderTest.js';

/** Each thread measures the distance of its clocks for itself. */
const CLOCK_DISAGREEMENT_NS = 1e6;

/** Takes the bytes of a response that belongs into the accuracy log. Has to copy what it keeps. */
export type ResponseSink = (sampleId: number, sampleIndex: number, data: Uint8Array) => void;

/**
 * Receives the answers of one series of queries: takes their time, checks that each sample is answered once, and wakes
 * whoever waits. On the hot path: typed arrays of known size, no allocation.
 */
export class CompletionRecorder implements QueryResponder {
  readonly #clock: Clock;
  readonly #samplesPerQuery: number;
  readonly #sampleIndices: Uint32Array;
  readonly #firstSampleId: number;
  readonly #logsResponse: ((sample: number) => boolean) | undefined;
  readonly #sink: ResponseSink;
  /** Latency + 1 for each sample: a fresh array holds zeros, and zero has to mean "not answered". */
  readonly #latencyNsPlusOne: Float64Array;
  readonly #scheduledNs: Float64Array;
  readonly #issuedNs: Float64Array;
  #startNs = 0;
  #issuedQueries = 0;
  #issuedSamples = 0;
  #answeredSamples = 0;
  #lastActivityNs = 0;
  #fault: LoadGenError | undefined;
  #wake: (() => void) | undefined;
  #ended = false;

  constructor(options: {
    clock: Clock;
    queries: GeneratedQueries;
    firstSampleId: number;
    /** Whether the n-th sample of the series belongs into the accuracy log; undefined: none does. */
    logsResponse: ((sample: number) => boolean) | undefined;
    sink: ResponseSink;
  }) {
    this.#clock = options.clock;
    this.#samplesPerQuery = options.queries.samplesPerQuery;
    this.#sampleIndices = options.queries.sampleIndices;
    this.#firstSampleId = options.firstSampleId;
    this.#logsResponse = options.logsResponse;
    this.#sink = options.sink;
    this.#latencyNsPlusOne = new Float64Array(options.queries.sampleIndices.length);
    this.#issuedNs = new Float64Array(options.queries.queryCount);
    this.#scheduledNs = options.queries.scheduledDeltaNs ?? this.#issuedNs;
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

  /** When a query is due by the schedule, on the clock. */
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
    const completedNs = completedAtNs ?? nowNs;
    this.#lastActivityNs = nowNs;
    for (const response of responses) this.#record(response, completedNs - this.#startNs);
    if (this.#issuedSamples === this.#answeredSamples) this.#wakeWaiter();
  }

  fail(reason: unknown): void {
    const error =
      reason instanceof LoadGenError
        ? reason
        : new LoadGenError('SUT_FAILED', `the system under test failed: ${messageOf(reason)}`, { cause: reason });
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

  /** From here on answers come too late to count. */
  end(): void {
    this.#ended = true;
  }

  /** Latencies of the issued samples in the order of their ids. Ends the recording: call it once, when all are answered. */
  takeLatenciesNs(): Float64Array {
    const latenciesNs = this.#latencyNsPlusOne.subarray(0, this.#issuedSamples);
    for (const [sample, value] of latenciesNs.entries()) latenciesNs[sample] = value - 1;
    return latenciesNs;
  }

  /** When each issued query was due and when it was issued, counted from the start. */
  queryTimes(): { scheduledNs: Float64Array; issuedNs: Float64Array } {
    return {
      scheduledNs: this.#scheduledNs.subarray(0, this.#issuedQueries),
      issuedNs: this.#issuedNs.subarray(0, this.#issuedQueries),
    };
  }

  #record(response: QuerySampleResponse, completedNs: number): void {
    const sample = response.id - this.#firstSampleId;
    if (!(sample >= 0 && sample < this.#issuedSamples && Number.isInteger(sample))) {
      this.fail(wrongAnswer(`answered sample id ${String(response.id)}, which was not asked`));
      return;
    }
    if (this.#latencyNsPlusOne[sample] !== 0) {
      this.fail(wrongAnswer(`answered sample id ${response.id} a second time`));
      return;
    }
    const query = Math.trunc(sample / this.#samplesPerQuery);
    if (
      !(completedNs >= (this.#issuedNs[query] ?? 0) - CLOCK_DISAGREEMENT_NS && completedNs < Number.POSITIVE_INFINITY)
    ) {
      this.fail(wrongAnswer(`gave sample id ${response.id} a completion time before it was asked, or none at all`));
      return;
    }
    const latencyNs = Math.round(completedNs - (this.#scheduledNs[query] ?? 0));
    this.#latencyNsPlusOne[sample] = Math.max(0, latencyNs) + 1;
    this.#answeredSamples++;
    if (this.#logsResponse?.(sample)) this.#keepData(sample, response);
  }

  #keepData(sample: number, response: QuerySampleResponse): void {
    if (!(response.data instanceof Uint8Array)) {
      this.fail(wrongAnswer(`answered sample id ${response.id} with ${typeof response.data}, expected a Uint8Array`));
      return;
    }
    try {
      this.#sink(response.id, this.#sampleIndices[sample] ?? 0, response.data);
    } catch (thrown) {
      // A log that cannot be written is no fault of the system whose callback this is.
      this.fail(thrown);
    }
  }

  #wakeWaiter(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}

function wrongAnswer(what: string): LoadGenError {
  return new LoadGenError('SUT_WRONG_ANSWER', `the system under test ${what}`, {
    hint: 'Every issued sample has to be answered exactly once, with its id, and times on the process-wide clock.',
  });
}
