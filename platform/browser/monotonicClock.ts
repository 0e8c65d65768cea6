import type { Clock } from '../../base/clock.js';
import { polledSleep, setTimer } from '../timers.js';
import { takeTurn } from './turns.js';

/** Timers come up to this much too late, those that are set again and again among them. */
const TIMER_SLACK_NS = 5e6;

const nowNs = () => performance.now() * 1e6;

/** The clock of this thread, a page's or a worker's: each counts from its own start, in steps (`measureClockStepNs`). */
export const monotonicClock: Clock = {
  nowNs,
  schedule: (callback, delayMs) => (delayMs > 0 ? setTimer(callback, delayMs) : takeTurn(callback)),
  sleepUntil: polledSleep({ nowNs, takeTurn, timerSlackNs: TIMER_SLACK_NS }),
};

const STEPS = 20;
/** A clock that stands still, as some browsers' do for tenths of a second, is not waited for. */
const MAX_READINGS = 5e6;

/** The smallest step that the clock was seen to go: browsers coarsen it, more so without cross-origin isolation. */
export function measureClockStepNs(): number {
  let smallestNs = Number.POSITIVE_INFINITY;
  let lastNs = nowNs();
  for (let readings = 0, steps = 0; readings < MAX_READINGS && steps < STEPS; readings++) {
    const readNs = nowNs();
    if (readNs === lastNs) continue;
    smallestNs = Math.min(smallestNs, readNs - lastNs);
    lastNs = readNs;
    steps++;
  }
  return Math.round(smallestNs);
}
