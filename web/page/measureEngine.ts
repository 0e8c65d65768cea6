import { watchPage } from '../../platform/browser/index.js';
import type { MeasuredTest, RunOrder, WorkerReport } from '../shared/messages.js';

/** What is told of a run while it goes on. */
export type RunProgress = Exclude<WorkerReport, { readonly kind: 'measured' | 'done' | 'failed' }>;

/** Why an engine could not be measured at all. */
export class EngineFailure extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Short times are counted, as one long timer would be over at once on a device that wakes up. */
const LOOK_MS = 10_000;
/** Longer than the two minutes that an engine has for the reference faces, without a report meanwhile. */
const SILENCE_MINUTES = 3;

/**
 * Measures one engine, in a worker of its own: what an engine holds is freed with it.
 *
 * @returns the tests that were measured, of which the last may be broken off
 * @throws EngineFailure if there is none; the signal's reason once it is aborted
 */
export function measureEngine(
  order: RunOrder,
  onProgress: (progress: RunProgress) => void,
  signal: AbortSignal,
): Promise<MeasuredTest[]> {
  const worker = new Worker('worker.js', { type: 'module' });
  const { port1: reports, port2 } = new MessageChannel();
  const tests: MeasuredTest[] = [];
  let silentLooks = 0;
  let looking: ReturnType<typeof setInterval> | undefined;
  const ended = new Promise<MeasuredTest[]>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    worker.addEventListener('error', ({ message }) => reject(new EngineFailure(message || 'the worker ended')));
    looking = setInterval(() => {
      silentLooks++;
      if (silentLooks * LOOK_MS >= SILENCE_MINUTES * 60_000) reject(silenceFailure());
    }, LOOK_MS);
    reports.onmessage = ({ data }: MessageEvent<WorkerReport>) => {
      silentLooks = 0;
      if (data.kind === 'measured') tests.push(data);
      else if (data.kind === 'done') resolve(tests);
      else if (data.kind === 'failed') reject(new EngineFailure(data.message, data.hint));
      else onProgress(data);
    };
  });
  worker.postMessage(order, [watchPage(), port2]);
  return ended.finally(() => {
    clearInterval(looking);
    worker.terminate();
  });
}

function silenceFailure(): EngineFailure {
  const hint = 'Measure it again; if it had several threads, with one.';
  return new EngineFailure(`no sign of it for ${SILENCE_MINUTES} minutes`, hint);
}
