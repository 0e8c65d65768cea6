import type { Clock } from '../../base/clock.js';
import { EventLoopTurns } from '../eventLoopTurns.js';
import type { GeneratedQueries } from '../queries/generateQueries.js';
import type { SeriesMode } from '../queries/queryPlan.js';
import type { EffectiveSettings } from '../settings/effectiveSettings.js';
import type { QuerySample, SystemUnderTest } from '../systemUnderTest.js';
import type { CompletionRecorder } from './completionRecorder.js';
import type { QueryPacer } from './queryPacer.js';
import type { SeriesEnding } from './seriesEnding.js';

export interface SeriesParts {
  readonly settings: EffectiveSettings;
  readonly mode: SeriesMode;
  readonly queries: GeneratedQueries;
  readonly firstSampleId: number;
  readonly sut: SystemUnderTest;
  readonly recorder: CompletionRecorder;
  readonly clock: Clock;
  readonly pace: QueryPacer;
}

/**
 * The loop that issues a series. A class with fields of its own, and not a function that reads settings: V8 compiles the
 * loop for the hidden class of what it reads, and objects made by spreading others may get a new one in each run.
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
  readonly #isServer: boolean;
  /** Server only, and only where queries that are due may go out together. */
  readonly #coalesces: boolean;
  readonly #limits: Limits;
  readonly #firstSamples: QuerySample[];

  constructor({ settings, mode, queries, firstSampleId, sut, recorder, clock, pace }: SeriesParts) {
    this.#sut = sut;
    this.#recorder = recorder;
    this.#clock = clock;
    this.#pace = pace;
    this.#firstSampleId = firstSampleId;
    this.#queryCount = queries.queryCount;
    this.#samplesPerQuery = queries.samplesPerQuery;
    this.#sampleIndices = queries.sampleIndices;
    this.#isServer = settings.scenario === 'Server';
    this.#coalesces = this.#isServer && settings.requested.serverCoalesceQueries;
    this.#limits = new Limits(settings, mode);
    this.#firstSamples = this.#samplesOf(0, 1);
  }

  /** Issues until the end of the series; answers may still be outstanding then. */
  async issue(): Promise<SeriesEnding> {
    const recorder = this.#recorder;
    const { startNs } = recorder;
    const turns = new EventLoopTurns(this.#clock, startNs);
    let query = 0;
    // A query's samples are made while the one before is out: their making does not count.
    let nextSamples = this.#firstSamples;
    while (query < this.#queryCount) {
      const pause = this.#pace(recorder, this.#clock, query);
      if (pause !== undefined) await this.#wait(pause, turns);
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

  async #wait(pause: Promise<void>, turns: EventLoopTurns): Promise<void> {
    await pause;
    // Server sleeps by timers, so the event loop has had its turn.
    if (this.#isServer) turns.wasTaken();
  }

  #send(samples: readonly QuerySample[]): void {
    try {
      this.#sut.issueQuery(samples, this.#recorder);
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
    // Apart from larger queries, whose samples live long: V8 would learn to place these among long-lived objects too.
    if (last - first === 1) return [{ id: this.#firstSampleId + first, index: this.#sampleIndices[first] ?? 0 }];
    const samples: QuerySample[] = [];
    for (let sample = first; sample < last; sample++) {
      samples.push({ id: this.#firstSampleId + sample, index: this.#sampleIndices[sample] ?? 0 });
    }
    return samples;
  }
}

/** When a series is over before all its queries are issued. */
class Limits {
  readonly #applies: boolean;
  readonly #isServer: boolean;
  readonly #minQueryCount: number;
  readonly #maxQueryCount: number;
  readonly #maxAsyncQueries: number;
  readonly #targetDurationNs: number;
  readonly #maxDurationNs: number;

  constructor(settings: EffectiveSettings, mode: SeriesMode) {
    this.#applies = mode === 'PerformanceOnly';
    this.#isServer = settings.scenario === 'Server';
    this.#minQueryCount = settings.minQueryCount;
    this.#maxQueryCount = settings.maxQueryCount || Number.POSITIVE_INFINITY;
    this.#maxAsyncQueries = settings.maxAsyncQueries || Number.POSITIVE_INFINITY;
    this.#targetDurationNs = settings.targetDurationMs * 1e6;
    this.#maxDurationNs = settings.maxDurationMs === 0 ? Number.POSITIVE_INFINITY : settings.maxDurationMs * 1e6;
  }

  endingAfter(recorder: CompletionRecorder, elapsedNs: number): SeriesEnding | undefined {
    if (!this.#applies) return undefined;
    const issued = recorder.issuedQueries;
    if (this.#isServer) {
      // Its whole schedule is issued, unless the system falls too far behind.
      const outstanding = recorder.outstandingSamples;
      if (outstanding > this.#maxAsyncQueries) return { kind: 'maxAsyncQueries', issued, outstanding };
    } else if (issued >= this.#minQueryCount && elapsedNs >= this.#targetDurationNs) {
      return { kind: 'durationMet' };
    }
    if (issued >= this.#maxQueryCount) return { kind: 'maxQueryCount', queryCount: issued };
    if (elapsedNs > this.#maxDurationNs) return { kind: 'maxDuration', durationNs: elapsedNs };
    return undefined;
  }
}
