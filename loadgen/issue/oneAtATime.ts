import type { QueryPacer } from './queryPacer.js';

/** SingleStream and MultiStream: a query goes out as soon as the one before is answered. */
export const paceOneAtATime: QueryPacer = (recorder) =>
  recorder.outstandingSamples === 0 ? undefined : recorder.allAnswered();
