/** In the page: watches what spoils the measurements of a worker, and tells it. */
import type { Stalls } from '../../loadgen/platform.js';
import { GapRecorder, INTERVAL_MS } from '../pauseDetector.js';
import { isCapped } from './frameCap.js';
import type { PageFault, ToPage, ToWorker } from './pageMessages.js';

const HIDDEN: PageFault = {
  code: 'RUN_PAGE_HIDDEN',
  message: 'the page was hidden during the test: browsers slow down what nobody sees',
  hint: 'Keep the page in front, and the screen on, until the test has ended.',
};
const SAVING: PageFault = {
  code: 'RUN_POWER_SAVING',
  message: 'the browser shows only 30 frames a second: a battery saver is on, and slows the device down',
  hint: 'Turn the battery saver off, or plug the device in.',
};
const UNPLUGGED: PageFault = {
  code: 'RUN_POWER_SAVING',
  message: 'the device went from mains to battery during the test',
  hint: 'Keep it plugged in, or unplugged, until the test has ended.',
};

/**
 * Watches the page while a worker measures.
 *
 * @returns the port to hand to the worker's `startTest`
 */
export function watchPage(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const tell = (message: ToWorker) => port1.postMessage(message);
  let stop: (() => ToWorker) | undefined;
  port1.onmessage = ({ data }: MessageEvent<ToPage>) => {
    if (data === 'start') stop = watchSeries((fault) => tell({ fault }));
    else if (stop !== undefined) tell(stop());
  };
  return port2;
}

function watchSeries(onFault: (fault: PageFault) => void): () => ToWorker {
  const checkVisible = () => {
    if (document.visibilityState === 'hidden') onFault(HIDDEN);
  };
  checkVisible();
  document.addEventListener('visibilitychange', checkVisible);
  const gaps = new GapRecorder(readEpoch());
  const timer = setInterval(() => gaps.look(readEpoch()), INTERVAL_MS);
  const longTasks = countLongTasks();
  const stopFrames = watchFrames(() => onFault(SAVING));
  const stopPower = watchPower(() => onFault(UNPLUGGED));
  return () => {
    document.removeEventListener('visibilitychange', checkVisible);
    clearInterval(timer);
    gaps.look(readEpoch());
    stopFrames();
    stopPower();
    return { report: { gaps: gaps.gaps, longTasks: longTasks?.() } };
  };
}

const FRAMES = 60;
/** To look at frames has them drawn, which takes a little of the processor. */
const FRAMES_EVERY_MS = 10_000;

/** Calls `onCapped` a second or two after no more than 30 frames a second are drawn; looks at once and from time to time. */
function watchFrames(onCapped: () => void): () => void {
  let request = 0;
  const look = () => {
    const times: number[] = [];
    request = requestAnimationFrame(function draw(timeMs) {
      times.push(timeMs);
      if (times.length <= FRAMES) request = requestAnimationFrame(draw);
      else if (isCapped(times)) onCapped();
    });
  };
  look();
  const timer = setInterval(look, FRAMES_EVERY_MS);
  return () => {
    clearInterval(timer);
    cancelAnimationFrame(request);
  };
}

/** `performance.timeOrigin` is where the clocks of page and worker meet. */
function readEpoch() {
  return { monotonicNs: (performance.timeOrigin + performance.now()) * 1e6, wallNs: Date.now() * 1e6 };
}

function countLongTasks(): (() => Stalls) | undefined {
  if (!PerformanceObserver.supportedEntryTypes.includes('longtask')) return undefined;
  let stalls: Stalls = { count: 0, totalNs: 0, maxNs: 0 };
  const count = (entries: PerformanceEntryList) => {
    for (const { duration } of entries) {
      const ns = Math.round(duration * 1e6);
      stalls = { count: stalls.count + 1, totalNs: stalls.totalNs + ns, maxNs: Math.max(stalls.maxNs, ns) };
    }
  };
  const observer = new PerformanceObserver((list) => count(list.getEntries()));
  observer.observe({ entryTypes: ['longtask'] });
  return () => {
    count(observer.takeRecords());
    observer.disconnect();
    return stalls;
  };
}

/** Only Chromium tells of the battery. */
interface BatteryManager extends EventTarget {
  readonly charging: boolean;
}

function watchPower(onUnplugged: () => void): () => void {
  const ended = new AbortController();
  const watch = (battery: BatteryManager) => {
    const check = () => {
      if (!battery.charging) onUnplugged();
    };
    battery.addEventListener('chargingchange', check, { signal: ended.signal });
  };
  const { getBattery } = navigator as { getBattery?: () => Promise<BatteryManager> };
  getBattery?.call(navigator).then(watch, () => {});
  return () => ended.abort();
}
