/** When garbage was collected in this thread, for the trace. */
import { Session } from 'node:inspector';
import type { GarbageCollection } from '../../logs/trace/write.js';

/** Ends watching, and gives what was seen. */
export type StopCollectionTimes = () => Promise<GarbageCollection[]>;

/** Of a trace event of V8's, in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args: { readonly name?: string };
}

const KINDS: Readonly<Record<string, GarbageCollection['kind']>> = {
  MinorGC: 'minor',
  MajorGC: 'major',
  'V8.GCIncrementalMarkingStart': 'marking',
  // A step of it. Node.js 26 has no event for the start, so the first step before a major collection stands for it.
  'V8.GCIncrementalMarking': 'marking',
};

/**
 * Has V8 note its collections in a buffer of its own, outside of JavaScript; `GCProfiler` says how long each took but not
 * when. V8 hands the buffer over at the end, and meanwhile after some tens of thousands of events.
 *
 * @returns undefined where V8 does not trace: in a worker thread, or in a Node.js without inspector
 */
export function watchCollectionTimes(): StopCollectionTimes | undefined {
  const session = new Session();
  const events: TraceEvent[] = [];
  session.on('NodeTracing.dataCollected', ({ params }) => {
    for (const value of params.value) {
      if (isTraceEvent(value) && (value.name in KINDS || value.name === 'thread_name')) events.push(value);
    }
  });
  let isTracing = false;
  try {
    session.connect();
    session.post('NodeTracing.start', { traceConfig: { includedCategories: ['v8'] } }, (error) => {
      isTracing = error === null;
    });
  } catch {
    isTracing = false;
  }
  if (!isTracing) {
    session.disconnect();
    return undefined;
  }
  return async () => {
    const complete = new Promise((resolve) => session.once('NodeTracing.tracingComplete', resolve));
    session.post('NodeTracing.stop');
    await complete;
    session.disconnect();
    return collectionsOf(events);
  };
}

/** By hand: the library that checks elsewhere takes longer to load than all of the LoadGen. */
function isTraceEvent(value: unknown): value is TraceEvent {
  if (typeof value !== 'object' || value === null) return false;
  const { name, ph, tid, ts, dur, args }: Partial<Record<keyof TraceEvent, unknown>> = value;
  return (
    [name, ph].every((text) => typeof text === 'string') &&
    [tid, ts, dur ?? 0].every((count) => typeof count === 'number') &&
    typeof args === 'object' &&
    args !== null &&
    (!('name' in args) || typeof args.name === 'string')
  );
}

/** Those of the main thread, in their order. */
function collectionsOf(events: readonly TraceEvent[]): GarbageCollection[] {
  const mainThread = events.find(({ args }) => args.name === 'JavaScriptMainThread')?.tid;
  const collections: GarbageCollection[] = [];
  let startMicros = 0;
  let isMarking = false;
  for (const { name, ph, tid, ts, dur } of events) {
    const kind = KINDS[name];
    if (kind === undefined || tid !== mainThread || (kind === 'marking' && isMarking)) continue;
    if (kind !== 'minor') isMarking = kind === 'marking';
    if (ph === 'B') startMicros = ts;
    if (ph === 'E') collections.push({ kind, startNs: startMicros * 1000, durationNs: (ts - startMicros) * 1000 });
    if (ph === 'X') collections.push({ kind, startNs: ts * 1000, durationNs: (dur ?? 0) * 1000 });
  }
  return collections;
}
