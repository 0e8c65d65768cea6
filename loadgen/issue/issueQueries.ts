import { LoadGenError } from '../../base/errors.js';
import type { Clock } from '../clock.js';
import type { GeneratedQueries, SeriesMode } from '../queries/generateQueries.js';
import type { EffectiveSettings } from '../settings/effectiveSettings.js';
import type { QuerySample, SystemUnderTest } from '../systemUnderTest.js';
import type { CompletionRecorder } from './completionRecorder.js';
import type { QueryPacer } from './queryPacer.js';

/** Why issuing stopped. */
export type SeriesEnding =
  | { readonly kind: 'durationMet' }
  | { readonly kind: 'allIssued' }
  | { readonly kind: 'maxQueryCount'; readonly queryCount: number }
  | { readonly kind: 'maxDuration'; readonly durationNs: number }
  | { readonly kind: 'maxAsyncQueries'; readonly issued: number; readonly outstanding: number }
  | { readonly kind: 'fault'; readonly fault: LoadGenError };

export interface SeriesContext {
  readonly settings: EffectiveSettings;
  readonly mode: SeriesMode;
  readonly queries: GeneratedQueries;
  readonly firstSampleId: number;
  readonly sut: SystemUnderTest;
  readonly recorder: CompletionRecorder;
  readonly clock: Clock;
  readonly pace: QueryPacer;
  /** How long an outstanding answer may take, with nothing else happening, before the run is given up. */
  readonly responseTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** A system that answers inside `issueQuery` would never let timers and signals have their turn. */
const YIELD_INTERVAL_NS = 50e6;

/** Issues the queries of one series, flushes, and waits until all is answered or given up. */
export async function issueQueries(context: SeriesContext): Promise<SeriesEnding> {
  const { recorder, signal, clock, sut } = context;
  const abort = () => recorder.fail(abortedError());
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  recorder.start(clock.nowNs());
  const stopWatching = watchForSilence(context);
  try {
    const ending = await issueUntilEnd(context);
    callSut(recorder, () => sut.flushQueries());
    await recorder.allAnswered();
    return recorder.fault === undefined ? ending : { kind: 'fault', fault: recorder.fault };
  } finally {
    stopWatching();
    signal?.removeEventListener('abort', abort);
  }
}

async function issueUntilEnd(context: SeriesContext): Promise<SeriesEnding> {
  const { queries, recorder, clock, sut, pace, settings, firstSampleId } = context;
  const { startNs } = recorder;
  let yieldedNs = startNs;
  let query = 0;
  while (query < queries.queryCount) {
    const pause = pace(context, query);
    if (pause !== undefined) await pause;
    let nowNs = clock.nowNs();
    if (nowNs - yieldedNs > YIELD_INTERVAL_NS) {
      await yieldToEventLoop(clock);
      nowNs = clock.nowNs();
      yieldedNs = nowNs;
    }
    if (recorder.fault !== undefined) return { kind: 'fault', fault: recorder.fault };

    const end = settings.requested.serverCoalesceQueries ? endOfDueQueries(queries, query, nowNs - startNs) : query + 1;
    const samples = samplesOfQueries(queries, query, end, firstSampleId);
    for (; query < end; query++) recorder.beginQuery(nowNs, queries.samplesPerQuery);
    callSut(recorder, () => sut.issueQuery(samples, recorder));

    if (context.mode === 'AccuracyOnly') continue;
    const ending = endingAfter(settings, recorder, nowNs - startNs);
    if (ending !== undefined) return ending;
  }
  return { kind: 'allIssued' };
}

/** Server may send all queries that are due by now as one. Returns the first that is not. */
function endOfDueQueries({ scheduledDeltaNs, queryCount }: GeneratedQueries, query: number, elapsedNs: number): number {
  let end = query + 1;
  while (end < queryCount && (scheduledDeltaNs?.[end] ?? Number.POSITIVE_INFINITY) <= elapsedNs) end++;
  return end;
}

function samplesOfQueries(queries: GeneratedQueries, query: number, end: number, firstSampleId: number): QuerySample[] {
  const { samplesPerQuery, sampleIndices } = queries;
  const samples: QuerySample[] = [];
  for (let sample = query * samplesPerQuery; sample < end * samplesPerQuery; sample++) {
    samples.push({ id: firstSampleId + sample, index: sampleIndices[sample] ?? 0 });
  }
  return samples;
}

function endingAfter(
  settings: EffectiveSettings,
  recorder: CompletionRecorder,
  elapsedNs: number,
): SeriesEnding | undefined {
  const { minQueryCount, maxQueryCount, maxAsyncQueries, targetDurationMs, maxDurationMs } = settings;
  const issued = recorder.issuedQueries;
  if (settings.scenario === 'Server') {
    // Its whole schedule is issued, unless the system falls too far behind.
    const outstanding = recorder.outstandingSamples;
    if (maxAsyncQueries !== 0 && outstanding > maxAsyncQueries) return { kind: 'maxAsyncQueries', issued, outstanding };
  } else if (issued >= minQueryCount && elapsedNs >= targetDurationMs * 1e6) {
    return { kind: 'durationMet' };
  }
  if (maxQueryCount !== 0 && issued >= maxQueryCount) return { kind: 'maxQueryCount', queryCount: issued };
  if (maxDurationMs !== 0 && elapsedNs > maxDurationMs * 1e6) return { kind: 'maxDuration', durationNs: elapsedNs };
  return undefined;
}

function callSut(recorder: CompletionRecorder, call: () => void): void {
  try {
    call();
  } catch (thrown) {
    recorder.fail(thrown);
  }
}

/** Gives the run up when answers are outstanding and nothing has been issued or answered for too long. */
function watchForSilence({ recorder, clock, responseTimeoutMs }: SeriesContext): () => void {
  let cancel = () => {};
  const check = () => {
    const silentMs = recorder.outstandingSamples === 0 ? 0 : (clock.nowNs() - recorder.lastActivityNs) / 1e6;
    if (silentMs >= responseTimeoutMs) recorder.fail(silenceError(recorder, responseTimeoutMs));
    else cancel = clock.schedule(check, responseTimeoutMs - silentMs);
  };
  cancel = clock.schedule(check, responseTimeoutMs);
  return () => cancel();
}

function yieldToEventLoop(clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    clock.schedule(resolve, 0);
  });
}

function silenceError(recorder: CompletionRecorder, responseTimeoutMs: number): LoadGenError {
  const outstanding = recorder.outstandingSamples;
  return new LoadGenError(
    'SUT_NO_ANSWER',
    `the system under test has not answered ${outstanding} of ${recorder.answeredSamples + outstanding} samples and was silent for ${responseTimeoutMs / 1000} s`,
    { hint: 'If it only is slow, allow it more time with the response timeout.' },
  );
}

function abortedError(): LoadGenError {
  return new LoadGenError('RUN_ABORTED', 'the run was aborted before its end');
}
