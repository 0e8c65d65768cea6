import type { LoadGenError } from '../../base/errors.js';

/** Why issuing stopped. */
export type SeriesEnding =
  | { readonly kind: 'durationMet' }
  | { readonly kind: 'allIssued' }
  | { readonly kind: 'maxQueryCount'; readonly queryCount: number }
  | { readonly kind: 'maxDuration'; readonly durationNs: number }
  | { readonly kind: 'maxAsyncQueries'; readonly issued: number; readonly outstanding: number }
  | { readonly kind: 'fault'; readonly fault: LoadGenError };
