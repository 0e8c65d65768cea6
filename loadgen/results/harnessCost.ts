import type { LatencyStatistics } from './latencyStatistics.js';

/** What the harness itself adds to a query. */
export interface HarnessCost {
  /**
   * Mean. SingleStream and MultiStream: the time from a query's answer to the next query, which no latency contains.
   * Server: the time from when a query is due until it is issued, which is part of its latency.
   */
  readonly addedNs: number;
  /** The same as a share of the mean latency of a query. */
  readonly share: number;
  /** How late queries were issued; undefined if no schedule says when they are due. */
  readonly issueDelay: LatencyStatistics | undefined;
}

/** From this share on, a result says more about the harness than it should. */
export const NOTABLE_SHARE = 0.01;

export function harnessCost(addedNs: number, meanLatencyNs: number, issueDelay?: LatencyStatistics): HarnessCost {
  const rounded = Math.max(0, Math.round(addedNs));
  return { addedNs: rounded, share: rounded / Math.max(1, meanLatencyNs), issueDelay };
}
