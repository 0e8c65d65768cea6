import type { QueryPacer } from './queryPacer.js';

/** A query goes out as soon as the one before is answered. */
export const paceSingleStream: QueryPacer = ({ recorder }) =>
  recorder.outstandingSamples === 0 ? undefined : recorder.allAnswered();
