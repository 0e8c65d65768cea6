import { limitSilence } from '../../base/clock.js';
import { LoadGenError, loadGenErrorOf } from '../../base/errors.js';
import { type AbortSignalLike, abortedError } from '../platform.js';
import type { CompletionRecorder } from './completionRecorder.js';
import { failIfRejected, type SeriesEnding, SeriesIssuer, type SeriesParts } from './seriesIssuer.js';

interface SeriesContext extends SeriesParts {
  /** How long the system may be silent while answers are outstanding. */
  readonly responseTimeoutMs: number;
  readonly signal: AbortSignalLike | undefined;
}

/** Issues the queries of one series, flushes, and waits until all are answered or something is wrong. */
export async function issueQueries(context: SeriesContext): Promise<SeriesEnding> {
  const { recorder, signal, clock, sut } = context;
  const issuer = new SeriesIssuer(context);
  // The first query's samples may have taken a while to make: notice an abort that came in that time.
  await new Promise<void>((resolve) => {
    clock.schedule(resolve, 0);
  });
  const abort = () => recorder.fail(loadGenErrorOf(signal?.reason) ?? abortedError());
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  recorder.start(clock.nowNs());
  const stopWatching = watchForSilence(context);
  try {
    const ending = await issuer.issue();
    try {
      const returned: unknown = sut.flushQueries();
      failIfRejected(returned, recorder);
    } catch (thrown) {
      recorder.fail(thrown);
    }
    await recorder.allAnswered();
    return recorder.fault === undefined ? ending : { kind: 'fault', fault: recorder.fault };
  } finally {
    recorder.end();
    stopWatching();
    signal?.removeEventListener('abort', abort);
  }
}

/** Ends the run if answers are outstanding and nothing has been issued or answered for too long. */
function watchForSilence({ recorder, clock, responseTimeoutMs }: SeriesContext): () => void {
  return limitSilence({
    clock,
    limitMs: responseTimeoutMs,
    lastHeardNs: () => (recorder.outstandingSamples === 0 ? clock.nowNs() : recorder.lastActivityNs),
    onSilent: () => recorder.fail(silenceError(recorder, responseTimeoutMs)),
  });
}

function silenceError(recorder: CompletionRecorder, responseTimeoutMs: number): LoadGenError {
  const outstanding = recorder.outstandingSamples;
  return new LoadGenError(
    'SUT_NO_ANSWER',
    `the system under test has not answered ${outstanding} of ${recorder.answeredSamples + outstanding} samples and was silent for ${responseTimeoutMs / 1000} s`,
    { hint: 'If it is only slow, give it more time with the response timeout.' },
  );
}
