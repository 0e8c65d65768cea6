import type { QueryPacer } from './queryPacer.js';

/** A query goes out when the schedule says, answered or not what went before. Late ones follow at once. */
export const paceServer: QueryPacer = (recorder, clock, query) => {
  const dueNs = recorder.dueNs(query);
  return clock.nowNs() >= dueNs ? undefined : clock.sleepUntil(dueNs);
};
