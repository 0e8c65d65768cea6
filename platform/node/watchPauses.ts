/** Finds out when the machine slept or the process was stopped: neither the harness nor the system did anything then. */
import { Worker } from 'node:worker_threads';
import type { Pause } from '../../loadgen/platform.js';
import { findPauses, type Gap, GapRecorder, INTERVAL_MS } from '../pauseDetector.js';
import { monotonicClock } from './monotonicClock.js';

/** A thread that sees what the process misses, whatever a system does to the issuing thread. */
export interface PauseWitness {
  /** Of a second or more, since it started. Undefined if the thread has ended. */
  gaps(): Promise<readonly Gap[] | undefined>;
  close(): Promise<void>;
}

/** Resolves once the thread looks at the clock; to undefined if the system or Node.js's permissions allow none. */
export async function startPauseWitness(): Promise<PauseWitness | undefined> {
  let worker: Worker;
  try {
    worker = new Worker(new URL('./pauseWitness.js', import.meta.url), {
      name: 'pause witness',
      // Nothing that the process preloads belongs in there.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
    });
  } catch {
    return undefined;
  }
  const ended = new Promise<undefined>((resolve) => worker.once('exit', () => resolve(undefined)));
  // It ends with the thread, which is what counts.
  worker.on('error', () => {});
  const answer = () => Promise.race([new Promise<readonly Gap[]>((resolve) => worker.once('message', resolve)), ended]);
  if ((await answer()) === undefined) return undefined;
  worker.unref();
  return {
    gaps: async () => {
      worker.ref();
      worker.postMessage('gaps');
      const gaps = await answer();
      worker.unref();
      return gaps;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}

/** Watches until the returned function is called, which resolves to the pauses; to undefined without a living witness. */
export function watchPauses(witness: PauseWitness | undefined): () => Promise<readonly Pause[] | undefined> {
  const read = () => ({ monotonicNs: monotonicClock.nowNs(), wallNs: Date.now() * 1e6 });
  const first = read();
  const issuing = new GapRecorder(first);
  const timer = setInterval(() => issuing.look(read()), INTERVAL_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    issuing.look(read());
    const witnessed = await witness?.gaps();
    if (witnessed === undefined) return undefined;
    const during = witnessed.filter(({ endNs }) => endNs > first.monotonicNs);
    return findPauses(during, issuing.gaps);
  };
}
