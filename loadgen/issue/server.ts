import type { Clock } from '../../base/clock.js';
import type { CompletionRecorder } from './completionRecorder.js';
import type { QueryPacer } from './queryPacer.js';

/** A fault or an abort is noticed after this long at the latest, however far away the next query is. */
const LONGEST_SLEEP_NS = 100e6;

/** A query goes out when the schedule says, answered or not what went before. Late ones follow at once. */
export const paceServer: QueryPacer = (recorder, clock, query) => {
  const dueNs = recorder.dueNs(query);
  return clock.nowNs() >= dueNs ? undefined : sleepUntilDue(recorder, clock, dueNs);
};

async function sleepUntilDue(recorder: CompletionRecorder, clock: Clock, dueNs: number): Promise<void> {
  for (let nowNs = clock.nowNs(); nowNs < dueNs && recorder.fault === undefined; nowNs = clock.nowNs()) {
    await clock.sleepUntil(Math.min(dueNs, nowNs + LONGEST_SLEEP_NS));
  }
}
