/** Tells from what two threads missed when the machine slept or the process was stopped. */
import type { Pause } from '../loadgen/platform.js';

/** How often both threads look at the clock. */
export const INTERVAL_MS = 100;
const INTERVAL_NS = INTERVAL_MS * 1e6;
const LEAST_PAUSE_NS = 1e9;

export interface Reading {
  /** On the clock that latencies are taken from. It may stand still while the machine sleeps. */
  readonly monotonicNs: number;
  readonly wallNs: number;
}

/** A time of a second or more in which a thread did not look, from one reading to the next. */
export interface Gap {
  readonly startNs: number;
  readonly endNs: number;
  /** How much further than the monotonic clock the wall clock went. */
  readonly asleepNs: number;
}

/** The gaps of one thread, which looks every `INTERVAL_MS` as far as it can. */
export class GapRecorder {
  readonly gaps: Gap[] = [];
  #last: Reading;

  constructor(first: Reading) {
    this.#last = first;
  }

  look(now: Reading): void {
    const startNs = this.#last.monotonicNs;
    const takenNs = now.monotonicNs - startNs;
    const asleepNs = Math.max(0, now.wallNs - this.#last.wallNs - takenNs);
    this.#last = now;
    if (takenNs + asleepNs >= LEAST_PAUSE_NS) this.gaps.push({ startNs, endNs: startNs + takenNs, asleepNs });
  }
}

/**
 * What both threads missed, and what the monotonic clock missed. A system may hold up the issuing thread for as long as it
 * likes, but not the witness. A pause may have begun any time within an interval, so that each is up to one longer.
 */
export function findPauses(witnessed: readonly Gap[], issuing: readonly Gap[]): Pause[] {
  return witnessed.flatMap((gap) => {
    let [startNs, missedNs] = [gap.startNs, 0];
    for (const other of issuing) {
      const fromNs = Math.max(gap.startNs, other.startNs);
      const bothNs = Math.min(gap.endNs, other.endNs) - fromNs;
      if (bothNs > missedNs) [startNs, missedNs] = [fromNs, bothNs];
    }
    const durationNs = Math.max(0, missedNs - INTERVAL_NS) + gap.asleepNs;
    return durationNs >= LEAST_PAUSE_NS ? [{ startNs, durationNs }] : [];
  });
}
