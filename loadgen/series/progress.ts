import type { CompletionRecorder } from '../issue/completionRecorder.js';
import type { GeneratedQueries, SeriesMode } from '../queries/generatedQueries.js';
import type { RunContext } from './runContext.js';

const PROGRESS_INTERVAL_MS = 200;

/** Reports progress until the returned function is called, which reports the end. */
export function reportProgress(
  { onProgress, clock, settings, scenario }: RunContext,
  mode: SeriesMode,
  queries: GeneratedQueries,
  recorder: CompletionRecorder,
): () => void {
  if (onProgress === undefined) return () => {};
  // Without a schedule more queries are generated than are likely to be issued.
  const countsAnswers = mode === 'AccuracyOnly' || scenario.hasSchedule;
  const shareDone = () => {
    if (countsAnswers) return recorder.answeredSamples / queries.sampleIndices.length;
    const elapsedMs = (clock.nowNs() - recorder.startNs) / 1e6;
    const shareOfQueries = recorder.issuedQueries / Math.max(1, settings.minQueryCount);
    return Math.min(1, shareOfQueries, elapsedMs / Math.max(1, settings.targetDurationMs));
  };
  let cancel = () => {};
  const report = () => {
    onProgress({ mode, answeredSamples: recorder.answeredSamples, share: shareDone() });
    cancel = clock.schedule(report, PROGRESS_INTERVAL_MS);
  };
  cancel = clock.schedule(report, PROGRESS_INTERVAL_MS);
  return () => {
    cancel();
    onProgress({ mode, answeredSamples: recorder.answeredSamples, share: 1 });
  };
}
