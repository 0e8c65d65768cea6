import type { Clock } from '../base/clock.js';

const INTERVAL_NS = 50e6;

/** A system that answers inside `issueQuery` would never let timers and signals have their turn; now and then they do. */
export class EventLoopTurns {
  readonly #clock: Clock;
  #takenNs: number;
  #nowNs: number;

  constructor(clock: Clock, nowNs: number) {
    this.#clock = clock;
    this.#takenNs = nowNs;
    this.#nowNs = nowNs;
  }

  /** The time that `isDue` or `take` has read. */
  get nowNs(): number {
    return this.#nowNs;
  }

  isDue(): boolean {
    this.#nowNs = this.#clock.nowNs();
    return this.#nowNs - this.#takenNs > INTERVAL_NS;
  }

  /** Says that the event loop has just had its turn anyway. */
  wasTaken(): void {
    this.#takenNs = this.#clock.nowNs();
  }

  /** Gives the event loop its turn; resolves to the time after it. */
  async take(): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#clock.schedule(resolve, 0);
    });
    this.#nowNs = this.#clock.nowNs();
    this.#takenNs = this.#nowNs;
    return this.#nowNs;
  }
}
