/** What the JavaScript runtime did to a series: pauses for garbage collection, and how late the event loop turned. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { GCProfiler } from 'node:v8';
import type { StartRuntimeMonitor } from '../../loadgen/platform.js';
import { watchCollectionTimes } from './collectionTimes.js';
import { machineFigures } from './machine/machineFigures.js';
import { energyFigures, readEnergy } from './machine/readEnergy.js';
import { readMachine } from './machine/readMachine.js';
import { type PauseWitness, watchPauses } from './watchPauses.js';

const EVENT_LOOP_RESOLUTION_MS = 20;
/**
 * The profiler keeps some 3 kB of text a collection in one string, which a long run would fill beyond what a string can
 * hold. Reading it takes some 20 microseconds a collection, so it is not done often: each second, the 99.9th percentile
 * of a system of 20 microseconds doubled.
 */
const COLLECTIONS_INTERVAL_MS = 30_000;

/**
 * @param witness none if it could not start
 * @param idleWatts what the machine takes without a query, if anybody counts it
 */
export function runtimeMonitor(witness: PauseWitness | undefined, idleWatts?: number): StartRuntimeMonitor {
  return (withCollectionTimes) => {
    const stopTimes = withCollectionTimes ? watchCollectionTimes() : undefined;
    const collections = countCollections();
    const delay = monitorEventLoopDelay({ resolution: EVENT_LOOP_RESOLUTION_MS });
    delay.enable();
    const stopPauses = watchPauses(witness);
    const machineAtStart = readMachine();
    const energyAtStart = readEnergy();
    return async () => {
      const energyAtEnd = readEnergy();
      const machineAtEnd = readMachine();
      const wallMs = machineAtEnd.wallMs - machineAtStart.wallMs;
      const garbageCollection = collections.stop();
      delay.disable();
      // The histogram holds whole intervals; of a time that saw no turn it says nothing.
      const overdueNs = (ns: number) =>
        delay.count === 0 ? 0 : Math.max(0, Math.round(ns - EVENT_LOOP_RESOLUTION_MS * 1e6));
      return {
        garbageCollection,
        eventLoopDelayP99Ns: overdueNs(delay.percentile(99)),
        eventLoopDelayMaxNs: overdueNs(delay.max),
        pauses: await stopPauses(),
        machine: machineFigures(machineAtStart, machineAtEnd),
        energy: energyFigures(energyAtStart, energyAtEnd, wallMs, idleWatts),
        collectionTimes: (await stopTimes?.()) ?? [],
      };
    };
  };
}

/** A PerformanceObserver would run JavaScript for each collection, which costs more than the collection. */
function countCollections() {
  const figures = { count: 0, totalNs: 0, maxNs: 0 };
  let profiler = new GCProfiler();
  const take = () => {
    for (const { cost } of profiler.stop().statistics) {
      const pauseNs = Math.round(cost * 1000);
      figures.count++;
      figures.totalNs += pauseNs;
      figures.maxNs = Math.max(figures.maxNs, pauseNs);
    }
  };
  profiler.start();
  const timer = setInterval(() => {
    take();
    profiler = new GCProfiler();
    profiler.start();
  }, COLLECTIONS_INTERVAL_MS);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      take();
      return figures;
    },
  };
}
