import type { Clock } from '../base/clock.js';

const INTERVAL_NS = 50e6;

/** Lets timers and signals have their turn now and then, even if the system answers inside `issueQuery`. */
export class EventLoopTurns {
  readonly #clock: Clock;
  #takenNs: number;
  #nowNs: number;

  constructor(clock: Clock, nowNs: number) {
    this.#clock = clock;
    this.#takenNs = nowNs;
    this.#nowNs = nowNs;
  }

  /** The time that `isDue` or `take` read last. */
  get nowNs(): number {
    return this.#nowNs;
  }

  isDue(): boolean {
    this.#nowNs = this.#clock.nowNs();
    return this.#nowNs - this.#takenNs > INTERVAL_NS;
  }

  /** Notes that the event loop has just had a turn for another reason. */
  noteTurn(): void {
    this.#takenNs = this.#clock.nowNs();
  }

  /** Gives the event loop a turn; resolves to the time after it. */
  async take(): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#clock.schedule(resolve, 0);
    });
    this.#nowNs = this.#clock.nowNs();
    this.#takenNs = this.#nowNs;
    return this.#nowNs;
  }
}
