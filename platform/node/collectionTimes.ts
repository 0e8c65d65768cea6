/** When garbage was collected in this thread, for the trace. */
import { Session } from 'node:inspector';
import { z } from 'zod';
import type { GarbageCollection } from '../../logs/trace/write.js';

/** Ends watching, and gives what was seen. */
export type StopCollectionTimes = () => Promise<GarbageCollection[]>;

/** Of a trace event of V8's, in microseconds. */
const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  tid: z.number(),
  ts: z.number(),
  dur: z.number().optional(),
  args: z.object({ name: z.string().optional() }),
});
type TraceEvent = z.infer<typeof eventSchema>;

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
      const event = eventSchema.safeParse(value);
      if (event.success && (event.data.name in KINDS || event.data.name === 'thread_name')) events.push(event.data);
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
