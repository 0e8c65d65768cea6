/** What the JavaScript runtime did to a series: pauses for garbage collection, and how late the event loop turned. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { GCProfiler } from 'node:v8';

export interface RuntimeFigures {
  readonly garbageCollections: number;
  readonly garbageCollectionTotalNs: number;
  readonly garbageCollectionMaxNs: number;
  /** By how much the event loop's turns were late. A system that answers inside `issueQuery` keeps it from turning. */
  readonly eventLoopDelayP99Ns: number;
  readonly eventLoopDelayMaxNs: number;
}

/** Starts watching; the returned function ends it. */
export type StartRuntimeMonitor = () => () => RuntimeFigures | undefined;

const EVENT_LOOP_RESOLUTION_MS = 20;

export const startRuntimeMonitor: StartRuntimeMonitor = () => {
  // A PerformanceObserver would run JavaScript for each collection, which costs more than the collection.
  const collections = new GCProfiler();
  collections.start();
  const delay = monitorEventLoopDelay({ resolution: EVENT_LOOP_RESOLUTION_MS });
  delay.enable();
  return () => {
    const pausesNs = collections.stop().statistics.map(({ cost }) => Math.round(cost * 1000));
    delay.disable();
    // The histogram holds whole intervals; of a time that saw no turn it says nothing.
    const overdueNs = (ns: number) =>
      delay.count === 0 ? 0 : Math.max(0, Math.round(ns - EVENT_LOOP_RESOLUTION_MS * 1e6));
    return {
      garbageCollections: pausesNs.length,
      garbageCollectionTotalNs: pausesNs.reduce((sum, ns) => sum + ns, 0),
      garbageCollectionMaxNs: pausesNs.reduce((longest, ns) => Math.max(longest, ns), 0),
      eventLoopDelayP99Ns: overdueNs(delay.percentile(99)),
      eventLoopDelayMaxNs: overdueNs(delay.max),
    };
  };
};
