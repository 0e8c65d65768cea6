/** In the worker: what the browser did to a series. */
import { LoadGenError } from '../../base/errors.js';
import type { Pause, RuntimeFigures, StartRuntimeMonitor } from '../../loadgen/platform.js';
import { formatFixed } from '../../logs/formatNumber.js';
import { findPauses, GapRecorder, INTERVAL_MS } from '../pauseDetector.js';
import { measureClockStepNs, monotonicClock } from './monotonicClock.js';
import type { PageReport } from './pageMessages.js';
import type { WatchedPage } from './watchedPage.js';

const SAMPLING_MS = 20;

/** @param page without one nobody knows of pauses, nor whether anybody saw the page */
export function runtimeMonitor(page: WatchedPage | undefined): StartRuntimeMonitor {
  return () => {
    const clockStepNs = measureClockStepNs();
    const delays = sampleDelays();
    const read = () => ({ monotonicNs: monotonicClock.nowNs(), wallNs: Date.now() * 1e6 });
    const issuing = new GapRecorder(read());
    const timer = setInterval(() => issuing.look(read()), INTERVAL_MS);
    page?.start();
    return async (): Promise<RuntimeFigures> => {
      clearInterval(timer);
      issuing.look(read());
      const { p99Ns, maxNs } = delays();
      const report = await page?.stop();
      const pauses = report && findPauses(gapsHere(report), issuing.gaps);
      return {
        fault: page?.fault ?? (pauses === undefined ? undefined : faultOfPauses(pauses)),
        eventLoopDelayP99Ns: p99Ns,
        eventLoopDelayMaxNs: maxNs,
        clockStepNs,
        longTasks: report?.longTasks,
        pauses,
        collectionTimes: [],
      };
    };
  };
}

/** On this thread's clock. */
function gapsHere({ gaps }: PageReport) {
  const originNs = performance.timeOrigin * 1e6;
  return gaps.map(({ startNs, endNs, asleepNs }) => ({
    startNs: startNs - originNs,
    endNs: endNs - originNs,
    asleepNs,
  }));
}

function faultOfPauses(pauses: readonly Pause[]): LoadGenError | undefined {
  if (pauses.length === 0) return undefined;
  const seconds = pauses.reduce((sum, { durationNs }) => sum + durationNs, 0) / 1e9;
  const message = `nothing ran for ${formatFixed(seconds, 1)} s of the test: the device slept, or the browser stopped the page`;
  return new LoadGenError('RUN_DEVICE_SLEPT', message, {
    hint: 'Keep the screen on, and other programs closed, until the test has ended.',
  });
}

/** How late a timer comes, every 20 ms. */
function sampleDelays(): () => { p99Ns: number; maxNs: number } {
  const delaysNs: number[] = [];
  let dueNs = monotonicClock.nowNs() + SAMPLING_MS * 1e6;
  const look = () => {
    const nowNs = monotonicClock.nowNs();
    delaysNs.push(Math.max(0, Math.round(nowNs - dueNs)));
    dueNs = nowNs + SAMPLING_MS * 1e6;
    timer = setTimeout(look, SAMPLING_MS);
  };
  let timer = setTimeout(look, SAMPLING_MS);
  return () => {
    clearTimeout(timer);
    const sorted = delaysNs.toSorted((a, b) => a - b);
    return { p99Ns: sorted[Math.floor(0.99 * sorted.length)] ?? 0, maxNs: sorted.at(-1) ?? 0 };
  };
}
