import type { Clock } from '../../base/clock.js';
import type { LoadGenError } from '../../base/errors.js';
import { EventLoopTurns } from '../eventLoopTurns.js';
import type { GeneratedQueries, SeriesMode } from '../queries/generatedQueries.js';
import type { QueryPacer, Scenario } from '../scenarios/scenario.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import type { QuerySample, SystemUnderTest } from '../systemUnderTest.js';
import type { CompletionRecorder } from './completionRecorder.js';

/** Why issuing stopped. */
export type SeriesEnding =
  | { readonly kind: 'durationMet' }
  | { readonly kind: 'allIssued' }
  | { readonly kind: 'maxQueryCount'; readonly queryCount: number }
  | { readonly kind: 'maxDuration'; readonly durationNs: number }
  | { readonly kind: 'maxAsyncQueries'; readonly issued: number; readonly outstanding: number }
  | { readonly kind: 'fault'; readonly fault: LoadGenError };

export interface SeriesParts {
  readonly settings: EffectiveSettings;
  readonly scenario: Scenario<unknown>;
  readonly mode: SeriesMode;
  readonly queries: GeneratedQueries;
  readonly firstSampleId: number;
  readonly sut: SystemUnderTest;
  readonly recorder: CompletionRecorder;
  readonly clock: Clock;
}

/**
 * The loop that issues a series. A class with its own fields, not a function that reads settings: V8 compiles the loop for
 * the hidden class of what it reads, and objects made by spreading others may get a new hidden class in each run.
 */
export class SeriesIssuer {
  readonly #sut: SystemUnderTest;
  readonly #recorder: CompletionRecorder;
  readonly #clock: Clock;
  readonly #pace: QueryPacer;
  readonly #firstSampleId: number;
  readonly #queryCount: number;
  readonly #samplesPerQuery: number;
  readonly #sampleIndices: Uint32Array;
  /** Whether queries that are due at the same time go out as one. */
  readonly #coalesces: boolean;
  readonly #limits: Limits;
  readonly #firstSamples: QuerySample[];

  constructor({ settings, scenario, mode, queries, firstSampleId, sut, recorder, clock }: SeriesParts) {
    this.#sut = sut;
    this.#recorder = recorder;
    this.#clock = clock;
    this.#pace = scenario.pace;
    this.#firstSampleId = firstSampleId;
    this.#queryCount = queries.queryCount;
    this.#samplesPerQuery = queries.samplesPerQuery;
    this.#sampleIndices = queries.sampleIndices;
    this.#coalesces = scenario.coalesces(settings);
    this.#limits = new Limits(settings, scenario, mode);
    this.#firstSamples = this.#samplesOf(0, 1);
  }

  /** Issues until the end of the series; answers may still be outstanding then. */
  async issue(): Promise<SeriesEnding> {
    const recorder = this.#recorder;
    const { startNs } = recorder;
    const turns = new EventLoopTurns(this.#clock, startNs);
    let query = 0;
    // A query's samples are made while the one before is out, so that this takes no measured time.
    let nextSamples = this.#firstSamples;
    while (query < this.#queryCount) {
      const pause = this.#pace(recorder, this.#clock, turns, query);
      if (pause !== undefined) await pause;
      const nowNs = turns.isDue() ? await turns.take() : turns.nowNs;
      if (recorder.fault !== undefined) return { kind: 'fault', fault: recorder.fault };

      const end = this.#coalesces ? this.#endOfDueQueries(query, nowNs) : query + 1;
      const samples = end === query + 1 ? nextSamples : this.#samplesOf(query, end);
      for (; query < end; query++) recorder.beginQuery(nowNs, this.#samplesPerQuery);
      this.#send(samples);
      nextSamples = this.#samplesOf(query, query + 1);

      const ending = this.#limits.endingAfter(recorder, nowNs - startNs);
      if (ending !== undefined) return ending;
    }
    return { kind: 'allIssued' };
  }

  #send(samples: readonly QuerySample[]): void {
    try {
      const returned: unknown = this.#sut.issueQuery(samples, this.#recorder);
      if (returned !== undefined) failIfRejected(returned, this.#recorder);
    } catch (thrown) {
      this.#recorder.fail(thrown);
    }
  }

  #endOfDueQueries(query: number, nowNs: number): number {
    let end = query + 1;
    while (end < this.#queryCount && this.#recorder.dueNs(end) <= nowNs) end++;
    return end;
  }

  #samplesOf(query: number, end: number): QuerySample[] {
    const first = query * this.#samplesPerQuery;
    const last = Math.min(end * this.#samplesPerQuery, this.#sampleIndices.length);
    // A literal of its own: samples of larger queries live long, and V8 would allocate these among long-lived objects too.
    if (last - first === 1) return [{ id: this.#firstSampleId + first, index: this.#sampleIndices[first] ?? 0 }];
    const samples: QuerySample[] = [];
    for (let sample = first; sample < last; sample++) {
      samples.push({ id: this.#firstSampleId + sample, index: this.#sampleIndices[sample] ?? 0 });
    }
    return samples;
  }
}

/** A system whose functions are async returns promises, which the interface does not ask for. */
export function failIfRejected(returned: unknown, recorder: CompletionRecorder): void {
  Promise.resolve(returned).catch((thrown: unknown) => recorder.fail(thrown));
}

/** What ends a performance series before all its queries are issued. */
class Limits {
  readonly #applies: boolean;
  readonly #enoughQueries: number;
  readonly #targetDurationNs: number;
  readonly #maxOutstanding: number;
  readonly #maxQueryCount: number;
  readonly #maxDurationNs: number;

  constructor(settings: EffectiveSettings, { issuesAll }: Scenario<unknown>, mode: SeriesMode) {
    const none = Number.POSITIVE_INFINITY;
    this.#applies = mode === 'PerformanceOnly';
    this.#enoughQueries = issuesAll ? none : settings.minQueryCount;
    this.#targetDurationNs = settings.targetDurationMs * 1e6;
    this.#maxOutstanding = issuesAll ? settings.maxAsyncQueries || none : none;
    this.#maxQueryCount = settings.maxQueryCount || none;
    this.#maxDurationNs = settings.maxDurationMs === 0 ? none : settings.maxDurationMs * 1e6;
  }

  endingAfter(recorder: CompletionRecorder, elapsedNs: number): SeriesEnding | undefined {
    if (!this.#applies) return undefined;
    const issued = recorder.issuedQueries;
    const outstanding = recorder.outstandingSamples;
    if (outstanding > this.#maxOutstanding) return { kind: 'maxAsyncQueries', issued, outstanding };
    if (issued >= this.#enoughQueries && elapsedNs >= this.#targetDurationNs) return { kind: 'durationMet' };
    if (issued >= this.#maxQueryCount) return { kind: 'maxQueryCount', queryCount: issued };
    if (elapsedNs > this.#maxDurationNs) return { kind: 'maxDuration', durationNs: elapsedNs };
    return undefined;
  }
}
