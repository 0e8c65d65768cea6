const STEP_MS = 1000;
const STEP_NS = STEP_MS * 1e6;

/** The one clock of a run. Injected, so that tests run on virtual time. */
export interface Clock {
  /** Nanoseconds on a monotonic clock with an arbitrary origin. */
  nowNs(): number;
  /** Lets `callback` run once `delayMs` have passed (24 days at most), unless the returned function is called before. */
  schedule(callback: () => void, delayMs: number): () => void;
  /** Resolves at `timeNs` or as little later as it can. */
  sleepUntil(timeNs: number): Promise<void>;
}

export interface SilenceOptions {
  readonly clock: Clock;
  readonly limitMs: number;
  /** When something was heard last, on the clock. */
  readonly lastHeardNs: () => number;
  readonly onSilent: () => void;
}

/**
 * Calls `onSilent` once nothing has been heard for `limitMs`, unless the returned function is called before. Does not count
 * the time in which this thread could not run, since what was said then has yet to be heard: the process was stopped, the
 * machine slept, or a system held up the thread.
 */
export function limitSilence({ clock, limitMs, lastHeardNs, onSilent }: SilenceOptions) {
  let heardNs = lastHeardNs();
  let uncountedNs = 0;
  let dueNs = 0;
  let cancel = () => {};
  const schedule = (delayMs: number) => {
    dueNs = clock.nowNs() + delayMs * 1e6;
    cancel = clock.schedule(look, delayMs);
  };
  const look = () => {
    const nowNs = clock.nowNs();
    const lastNs = lastHeardNs();
    if (lastNs !== heardNs) uncountedNs = 0;
    heardNs = lastNs;
    const isLate = nowNs - dueNs > STEP_NS;
    if (isLate) uncountedNs += nowNs - Math.max(dueNs, heardNs);
    const leftMs = limitMs - (nowNs - heardNs - uncountedNs) / 1e6;
    if (leftMs > 0) schedule(Math.min(STEP_MS, leftMs));
    else if (isLate) schedule(STEP_MS);
    else onSilent();
  };
  schedule(Math.min(STEP_MS, limitMs));
  return () => cancel();
}
