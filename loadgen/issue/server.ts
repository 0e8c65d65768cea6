import type { QueryPacer } from './queryPacer.js';

/** A query goes out when the schedule says, answered or not what went before. Late ones follow at once. */
export const paceServer: QueryPacer = ({ clock, recorder, queries }, query) => {
  const dueNs = recorder.startNs + (queries.scheduledDeltaNs?.[query] ?? 0);
  return clock.nowNs() >= dueNs ? undefined : clock.sleepUntil(dueNs);
};
