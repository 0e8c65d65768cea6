import type { Clock } from '../../base/clock.js';

/** What a timer can count. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Timers come up to this much too late. */
const TIMER_SLACK_NS = 2e6;
/** Turns of the event loop leave garbage behind, so there are not more of them than answers need. */
const POLL_NS = 20_000;

/**
 * The process-wide clock: the same origin in every thread. `performance.now` is the cheapest clock to read (a double,
 * nothing allocated) but counts from each thread's own start, so the distance to `process.hrtime` is added.
 */
export const monotonicClock: Clock = {
  nowNs: () => performance.now() * 1e6 + hrtimeMinusPerformanceNs,
  schedule: (callback, delayMs) => {
    if (delayMs <= 0) {
      // Timers take a millisecond at least.
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
  sleepUntil: (timeNs) =>
    new Promise((resolve) => {
      // The last stretch is awaited turn by turn of the event loop, where answers have their turns too.
      const turn = () => {
        const pollUntilNs = Math.min(timeNs, monotonicClock.nowNs() + POLL_NS);
        while (monotonicClock.nowNs() < pollUntilNs);
        if (pollUntilNs === timeNs) resolve();
        else setImmediate(turn);
      };
      const remainingNs = timeNs - monotonicClock.nowNs();
      if (remainingNs > TIMER_SLACK_NS) setTimeout(turn, Math.floor((remainingNs - TIMER_SLACK_NS) / 1e6));
      else turn();
    }),
};

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
