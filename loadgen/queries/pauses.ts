import type { Clock } from '../../base/clock.js';
import { EventLoopTurns } from '../eventLoopTurns.js';
import { type AbortSignalLike, abortedError } from '../platform.js';

/** The clock is read once for this many draws. */
const DRAWS_PER_LOOK = 4096;

/** Generating millions of queries takes seconds. Pauses let timers, signals and progress have their turns. */
export class Pauses {
  readonly #turns: EventLoopTurns;
  readonly #signal: AbortSignalLike | undefined;
  #draws = 0;

  constructor(clock: Clock, signal: AbortSignalLike | undefined) {
    this.#turns = new EventLoopTurns(clock, clock.nowNs());
    this.#signal = signal;
  }

  /** Await it unless it is undefined. Rejects with `RUN_ABORTED` once the run is aborted. */
  dueAfter(draws: number): Promise<void> | undefined {
    this.#draws += draws;
    if (this.#draws < DRAWS_PER_LOOK) return undefined;
    this.#draws = 0;
    return this.#turns.isDue() ? this.#take() : undefined;
  }

  async #take(): Promise<void> {
    await this.#turns.take();
    if (this.#signal?.aborted) throw abortedError();
  }
}
