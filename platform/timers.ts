/** Waiting, as Node.js and browsers do it alike. */
import type { Clock } from '../base/clock.js';

/** What a timer can count. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Turns of the event loop leave garbage behind, so there are not more of them than answers need. */
const POLL_NS = 20_000;

/** Lets `callback` run once `delayMs` have passed, unless the returned function is called before. */
export function setTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS));
  return () => clearTimeout(timer);
}

/**
 * A clock's `sleepUntil`: by a timer for most of the time; the last stretch is awaited turn by turn of the event loop,
 * where answers have their turns too.
 *
 * @param takeTurn lets a callback run at the event loop's next turn
 * @param timerSlackNs timers come up to this much too late
 */
export function polledSleep(
  nowNs: () => number,
  takeTurn: (callback: () => void) => void,
  timerSlackNs: number,
): Clock['sleepUntil'] {
  return (timeNs) =>
    new Promise((resolve) => {
      const turn = () => {
        const pollUntilNs = Math.min(timeNs, nowNs() + POLL_NS);
        while (nowNs() < pollUntilNs);
        if (pollUntilNs === timeNs) resolve();
        else takeTurn(turn);
      };
      const remainingNs = timeNs - nowNs();
      if (remainingNs > timerSlackNs) setTimeout(turn, Math.floor((remainingNs - timerSlackNs) / 1e6));
      else turn();
    });
}
