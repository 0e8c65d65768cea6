import { LoadGenError } from '../../base/errors.js';
import { abortedError } from '../abortedError.js';
import type { AbortSignalLike } from '../platform.js';
import type { CompletionRecorder } from './completionRecorder.js';
import type { SeriesEnding } from './seriesEnding.js';
import { SeriesIssuer, type SeriesParts } from './seriesIssuer.js';

interface SeriesContext extends SeriesParts {
  /** How long an outstanding answer may take, with nothing else happening, before the run is given up. */
  readonly responseTimeoutMs: number;
  readonly signal: AbortSignalLike | undefined;
}

/** Issues the queries of one series, flushes, and waits until all is answered or given up. */
export async function issueQueries(context: SeriesContext): Promise<SeriesEnding> {
  const { recorder, signal, clock, sut } = context;
  const issuer = new SeriesIssuer(context);
  // Offline's samples may have taken a while to make: an abort of meanwhile is heard now.
  await new Promise<void>((resolve) => {
    clock.schedule(resolve, 0);
  });
  const abort = () => recorder.fail(abortedError());
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  recorder.start(clock.nowNs());
  const stopWatching = watchForSilence(context);
  try {
    const ending = await issuer.issue();
    try {
      sut.flushQueries();
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

function silenceError(recorder: CompletionRecorder, responseTimeoutMs: number): LoadGenError {
  const outstanding = recorder.outstandingSamples;
  return new LoadGenError(
    'SUT_NO_ANSWER',
    `the system under test has not answered ${outstanding} of ${recorder.answeredSamples + outstanding} samples and was silent for ${responseTimeoutMs / 1000} s`,
    { hint: 'If it only is slow, allow it more time with the response timeout.' },
  );
}
