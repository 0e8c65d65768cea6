/** What the harness itself adds to a query. */
export interface HarnessCost {
  /**
   * SingleStream and MultiStream: from a query's answer to the next query, beside the latency; Server: from when a query
   * is due until it is issued, as part of the latency. Means.
   */
  readonly addedNs: number;
  /** In relation to the mean latency of a query. */
  readonly share: number;
}

/** From this share on, a result says more of the harness than it should. */
export const NOTABLE_SHARE = 0.01;

export function harnessCost(addedNs: number, meanLatencyNs: number): HarnessCost {
  const rounded = Math.max(0, Math.round(addedNs));
  return { addedNs: rounded, share: rounded / Math.max(1, meanLatencyNs) };
}
