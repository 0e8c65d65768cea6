/** Finds out when the machine slept or the process was stopped: neither the harness nor the system did anything then. */
import type { Pause } from '../../loadgen/platform.js';

const INTERVAL_MS = 100;
const LEAST_PAUSE_NS = 1e9;
/** A system that holds up the issuing thread uses more than this share of the time, even on a busy machine. */
const BUSY_SHARE = 0.1;

/** What is read at each tick. All count on. */
export interface Reading {
  /** On the clock that latencies are taken from. It may stand still while the machine sleeps. */
  readonly monotonicNs: number;
  readonly wallNs: number;
  /** Of all threads. */
  readonly processorNs: number;
}

export class PauseDetector {
  readonly pauses: Pause[] = [];
  #last: Reading;
  /** The most that an interval without a pause took: a system may hold up the thread for each query. */
  #usualGapNs = INTERVAL_MS * 1e6;
  /** The most processor time of such an interval: what may have been used before a pause began. */
  #usualProcessorNs = 0;

  constructor(first: Reading) {
    this.#last = first;
  }

  tick(now: Reading): void {
    const { monotonicNs, wallNs, processorNs } = this.#last;
    this.#last = now;
    const gapNs = Math.max(now.monotonicNs - monotonicNs, now.wallNs - wallNs);
    const durationNs = gapNs - this.#usualGapNs;
    const usedNs = now.processorNs - processorNs;
    if (durationNs >= LEAST_PAUSE_NS && usedNs - this.#usualProcessorNs < BUSY_SHARE * durationNs) {
      this.pauses.push({ startNs: monotonicNs, durationNs });
      return;
    }
    this.#usualGapNs = Math.max(this.#usualGapNs, gapNs);
    this.#usualProcessorNs = Math.max(this.#usualProcessorNs, usedNs);
  }
}

/** Watches until the returned function is called, which returns the pauses. */
export function watchPauses(nowNs: () => number): () => readonly Pause[] {
  const read = (): Reading => {
    const { user, system } = process.cpuUsage();
    return { monotonicNs: nowNs(), wallNs: Date.now() * 1e6, processorNs: (user + system) * 1000 };
  };
  const detector = new PauseDetector(read());
  const timer = setInterval(() => detector.tick(read()), INTERVAL_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    detector.tick(read());
    return detector.pauses;
  };
}
