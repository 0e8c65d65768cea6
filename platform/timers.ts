/** Waiting, as Node.js and browsers do it alike. */
import type { Clock } from '../base/clock.js';

/** What a timer can count. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Turns of the event loop leave garbage behind, so there are not more of them than answers need. */
const POLL_NS = 20_000;
/** As long as answers may wait to be taken. */
const BLOCK_NS = 100_000;
/** A poll that ends so much too late has lost its processor. */
const PREEMPTION_NS = 1e6;
const CONTENDED_NS = 5e9;

export interface SleepParts {
  readonly nowNs: () => number;
  /** Lets a callback run at the event loop's next turn. */
  readonly takeTurn: (callback: () => void) => void;
  /** Timers come up to this much too late. */
  readonly timerSlackNs: number;
  /** Gives the processor away for about so long, if a thread can. */
  readonly block?: (durationNs: number) => void;
}

/** Lets `callback` run once `delayMs` have passed, unless the returned function is called before. */
export function setTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS));
  return () => clearTimeout(timer);
}

/**
 * A clock's `sleepUntil`: by a timer for most of the time; the last stretch is awaited turn by turn of the event loop,
 * where answers have their turns too. Polling is the most exact while there is a processor for it. Where others want it, a
 * thread that polls is made to wait as long as they are, and one that sleeps is woken first: so it blocks there.
 */
export function polledSleep(parts: SleepParts): Clock['sleepUntil'] {
  const { nowNs, takeTurn, timerSlackNs } = parts;
  const waitAMoment = momentWaiter(parts);
  return (timeNs) =>
    new Promise((resolve) => {
      const turn = () => {
        if (waitAMoment(timeNs) >= timeNs) resolve();
        else takeTurn(turn);
      };
      const remainingNs = timeNs - nowNs();
      if (remainingNs > timerSlackNs) setTimeout(turn, Math.floor((remainingNs - timerSlackNs) / 1e6));
      else turn();
    });
}

/** What it returns waits for a moment, at most until a time, and tells what time it is then. */
function momentWaiter({ nowNs, block }: SleepParts): (timeNs: number) => number {
  let contendedUntilNs = Number.NEGATIVE_INFINITY;
  return (timeNs) => {
    const startNs = nowNs();
    if (startNs >= timeNs) return startNs;
    const blocks = block !== undefined && startNs < contendedUntilNs;
    const untilNs = Math.min(timeNs, startNs + (blocks ? BLOCK_NS : POLL_NS));
    if (blocks) block(untilNs - startNs);
    let endNs = nowNs();
    while (endNs < untilNs) endNs = nowNs();
    if (endNs - untilNs > PREEMPTION_NS) contendedUntilNs = endNs + CONTENDED_NS;
    return endNs;
  };
}
