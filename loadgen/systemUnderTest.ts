/** One sample of a query: which sample of the library to run, and the id to answer with. */
export interface QuerySample {
  /** Unique within a run. The response carries it back. */
  readonly id: number;
  /** The sample's index in the query sample library. */
  readonly index: number;
}

export interface QuerySampleResponse {
  readonly id: number;
  /** What the accuracy log keeps. Copied before `querySamplesComplete` returns, so the buffer may be used again. */
  readonly data: Uint8Array;
}

/** How a system under test answers. Handed over with each query, and to be used for the samples of that query. */
export interface QueryResponder {
  /**
   * Answers one or more samples, of one query or of several. Every issued sample is answered exactly once. May be
   * called from inside `issueQuery` or at any later time.
   *
   * `completedAtNs` is when the answer was ready, on the process-wide monotonic clock (`monotonicClock.nowNs()`, which
   * agrees between threads). Leave it out and the time of this call counts.
   */
  querySamplesComplete(responses: readonly QuerySampleResponse[], completedAtNs?: number): void;
  /** Says that the system cannot go on: the run ends INVALID, with `reason` in its logs. */
  fail(reason: unknown): void;
}

/** What became of the requests of a series to a server: times are means of a request. */
export interface RemoteServerFigures {
  readonly requests: number;
  /** From sending a request until its answer was here. */
  readonly roundTripNs: number;
  /** What the server counted meanwhile: more than `requests` if others asked it, too. */
  readonly servedRequests: number;
  /** In the server. */
  readonly servedNs: number;
  /** Of that, before anything was computed. */
  readonly queueNs: number;
}

/**
 * A system under test, as the LoadGen drives it. All members are called on the thread that runs `startTest`.
 */
export interface SystemUnderTest {
  /** Stands in the logs and reports. */
  readonly name: string;
  /**
   * Called with samples that the library has just loaded, untimed, before they are asked for. For a system that computes
   * in another process or on another machine, and so needs a copy.
   */
  takeSamples?(samples: readonly number[]): void | Promise<void>;
  /**
   * Called right before each series; the function that it gives is called after the last answer. For a system that asks a
   * server which counts what it does; undefined if this one does not.
   */
  watchServer?(): Promise<() => Promise<RemoteServerFigures | undefined>>;
  /**
   * Takes a query and returns as soon as it can: the time spent in here delays the next query. `samples` and its
   * elements are valid until they have been answered. Throwing ends the run INVALID.
   */
  issueQuery(samples: readonly QuerySample[], responder: QueryResponder): void;
  /** Called once after the last query of a series. A system that gathers queries into batches sends what it holds. */
  flushQueries(): void;
}
