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
  const startNs = recorder.startNs;
  let yieldedNs = startNs;
  for (let query = 0; query < queries.queryCount; query++) {
    const pause = pace(context);
    if (pause !== undefined) await pause;
    let nowNs = clock.nowNs();
    if (nowNs - yieldedNs > YIELD_INTERVAL_NS) {
      await yieldToEventLoop(clock);
      nowNs = clock.nowNs();
      yieldedNs = nowNs;
    }
    if (recorder.fault !== undefined) return { kind: 'fault', fault: recorder.fault };

    const samples = samplesOfQuery(queries, query, firstSampleId);
    recorder.beginQuery(nowNs, samples.length);
    callSut(recorder, () => sut.issueQuery(samples, recorder));

    if (context.mode === 'AccuracyOnly') continue;
    const ending = endingAfter(settings, query + 1, nowNs - startNs);
    if (ending !== undefined) return ending;
  }
  return { kind: 'allIssued' };
}

function samplesOfQuery(queries: GeneratedQueries, query: number, firstSampleId: number): QuerySample[] {
  const { samplesPerQuery, sampleIndices } = queries;
  const first = query * samplesPerQuery;
  const samples: QuerySample[] = [];
  for (let sample = first; sample < first + samplesPerQuery; sample++) {
    samples.push({ id: firstSampleId + sample, index: sampleIndices[sample] ?? 0 });
  }
  return samples;
}

function endingAfter(settings: EffectiveSettings, queriesIssued: number, elapsedNs: number): SeriesEnding | undefined {
  const { minQueryCount, maxQueryCount, targetDurationMs, maxDurationMs, scenario } = settings;
  // Server issues its whole schedule.
  if (scenario !== 'Server' && queriesIssued >= minQueryCount && elapsedNs >= targetDurationMs * 1e6) {
    return { kind: 'durationMet' };
  }
  if (maxQueryCount !== 0 && queriesIssued >= maxQueryCount)
    return { kind: 'maxQueryCount', queryCount: queriesIssued };
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
