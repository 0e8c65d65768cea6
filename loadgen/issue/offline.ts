import type { QueryPacer } from './queryPacer.js';

/** All samples go out at once. */
export const paceOffline: QueryPacer = () => undefined;
