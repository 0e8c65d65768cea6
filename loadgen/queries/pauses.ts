import type { Clock } from '../../base/clock.js';
import { abortedError } from '../abortedError.js';
import { EventLoopTurns } from '../eventLoopTurns.js';
import type { AbortSignalLike } from '../platform.js';

/** So much is done between two looks at the clock. */
const DRAWS_PER_LOOK = 4096;

/** Making millions of queries takes seconds. In between, timers, signals and progress have their turns. */
export class Pauses {
  readonly #turns: EventLoopTurns;
  readonly #signal: AbortSignalLike | undefined;
  #draws = 0;

  constructor(clock: Clock, signal: AbortSignalLike | undefined) {
    this.#turns = new EventLoopTurns(clock, clock.nowNs());
    this.#signal = signal;
  }

  /** To be awaited where it is not undefined. Rejects with `RUN_ABORTED` once the signal has come. */
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
