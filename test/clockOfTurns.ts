import type { Clock } from '../base/clock.js';

interface Timer {
  readonly dueNs: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is told to go on: tests assert exact times on it. */
export class ClockOfTurns implements Clock {
  readonly #takeTurn: (callback: () => void) => void;
  #nowNs = 0;
  #timers: Timer[] = [];

  /** @param takeTurn lets a callback run at the event loop's next turn */
  constructor(takeTurn: (callback: () => void) => void) {
    this.#takeTurn = takeTurn;
  }

  nowNs(): number {
    return this.#nowNs;
  }

  schedule(callback: () => void, delayMs: number): () => void {
    const timer = { dueNs: this.#nowNs + delayMs * 1e6, callback };
    this.#timers.push(timer);
    // Who asks for "as soon as possible" gets it without anyone moving the clock.
    if (delayMs <= 0) this.#takeTurn(() => this.advanceTo(this.#nowNs));
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Nobody has to wait for a time that is only virtual; but the event loop has its turn, as when one sleeps. */
  async sleepUntil(timeNs: number): Promise<void> {
    await new Promise<void>((resolve) => this.#takeTurn(resolve));
    this.advanceTo(timeNs);
  }

  /** Moves on to `nowNs`; timers on the way run at the time they are due. */
  advanceTo(nowNs: number): void {
    for (;;) {
      const due = this.#timers.filter(({ dueNs }) => dueNs <= nowNs).sort((a, b) => a.dueNs - b.dueNs)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#nowNs = Math.max(this.#nowNs, due.dueNs);
      due.callback();
    }
    this.#nowNs = Math.max(this.#nowNs, nowNs);
  }

  advanceBy(ns: number): void {
    this.advanceTo(this.#nowNs + ns);
  }
}
