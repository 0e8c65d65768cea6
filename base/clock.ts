/** The one clock of a run. Injected, so that tests run on virtual time. */
export interface Clock {
  /** Nanoseconds on a monotonic clock with an arbitrary origin. */
  nowNs(): number;
  /** Lets `callback` run once `delayMs` have passed (24 days at most), unless the returned function is called before. */
  schedule(callback: () => void, delayMs: number): () => void;
  /** Resolves at `timeNs` or as little later as it can. */
  sleepUntil(timeNs: number): Promise<void>;
}
