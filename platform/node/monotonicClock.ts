import type { Clock } from '../../base/clock.js';
import { polledSleep, setTimer } from '../timers.js';

/** Timers come up to this much too late. */
const TIMER_SLACK_NS = 2e6;

const nowNs = () => performance.now() * 1e6 + hrtimeMinusPerformanceNs;

/**
 * The process-wide clock: the same origin in every thread. `performance.now` is the cheapest clock to read (a double,
 * nothing allocated) but counts from each thread's own start, so the distance to `process.hrtime` is added.
 */
export const monotonicClock: Clock = {
  nowNs,
  schedule: (callback, delayMs) => {
    if (delayMs > 0) return setTimer(callback, delayMs);
    // Timers take a millisecond at least.
    const immediate = setImmediate(callback);
    return () => clearImmediate(immediate);
  },
  sleepUntil: polledSleep({ nowNs, takeTurn: setImmediate, timerSlackNs: TIMER_SLACK_NS, block }),
};

/** Nobody changes or notifies it. */
const neverNotified = new Int32Array(new SharedArrayBuffer(4));

function block(durationNs: number): void {
  Atomics.wait(neverNotified, 0, 0, durationNs / 1e6);
}

const hrtimeMinusPerformanceNs = measureClockOffsetNs();

/** Both clocks are the same counter read at two moments; of several tries the quickest pair is closest to the truth. */
function measureClockOffsetNs(): number {
  let best = { gapNs: Number.POSITIVE_INFINITY, offsetNs: 0 };
  for (let attempt = 0; attempt < 50; attempt++) {
    const before = performance.now() * 1e6;
    const hrtimeNs = Number(process.hrtime.bigint());
    const after = performance.now() * 1e6;
    if (after - before < best.gapNs) best = { gapNs: after - before, offsetNs: hrtimeNs - (before + after) / 2 };
  }
  return best.offsetNs;
}
