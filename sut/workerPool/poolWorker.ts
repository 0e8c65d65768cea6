import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { LoadGenError } from '../../base/errors.js';
import { responseBytesOf } from '../../base/pairLayout.js';
import type { PoolMember } from '../pool/pool.js';
import { CLOSE_LIMIT_MS, START_LIMIT_MS, withinTime } from '../timeLimits.js';
import type { Task, WorkerMessage, WorkerStart } from './messages.js';

const TERMINATION_LIMIT_MS = 5000;

/**
 * When a heap is full, Node.js lends it another 16 MB and ends the thread at V8's next check. One garbage collection may
 * move all young objects at once; were they more than that, V8 would abort the process.
 */
const MAX_YOUNG_GENERATION_MB = 8;

interface PoolWorkerOptions extends Omit<WorkerStart, 'features'> {
  /** Stands in errors: "worker 2". */
  readonly name: string;
  /** Called once if the worker ends in any other way than by `terminate`, also while it starts. */
  onDeath(reason: LoadGenError): void;
}

/**
 * Starts a worker and waits until its engine is ready. A thread that cannot be ended no longer keeps the process alive,
 * which then ends by SIGKILL.
 *
 * @throws SUT_WORKER if the worker dies before, or the engine is not ready in time
 */
export async function startPoolWorker({ name, onDeath, ...start }: PoolWorkerOptions): Promise<PoolMember> {
  const features = new SharedArrayBuffer(responseBytesOf(start.model.network));
  const workerData: WorkerStart = { ...start, features };
  const worker = new Worker(new URL('./main.js', import.meta.url), {
    workerData,
    name,
    resourceLimits: { maxYoungGenerationSizeMb: MAX_YOUNG_GENERATION_MB },
  });
  let ended = false;
  /** Starting, or at a task. */
  let busy = true;
  let sentShared: SharedArrayBuffer | undefined;
  let whenDone: (completedAtNs: number) => void = () => {};

  const failure = (message: string, cause?: unknown): LoadGenError =>
    new LoadGenError('SUT_WORKER', `${name} of the system under test ${message}`, { cause });
  const terminate = async (): Promise<void> => {
    const idle = !ended && !busy;
    ended = true;
    try {
      if (!idle) return;
      worker.postMessage('close');
      await withinTime(CLOSE_LIMIT_MS, once(worker, 'exit'), () =>
        failure(`did not close its engine within ${CLOSE_LIMIT_MS / 1000} s`),
      );
    } finally {
      await endThread(worker, name);
    }
  };
  const run: PoolMember['run'] = ({ shared, ...task }, done) => {
    busy = true;
    whenDone = done;
    const message: Task = shared === sentShared ? task : { ...task, shared };
    sentShared = shared;
    worker.postMessage(message);
  };

  const ready = new Promise<PoolMember>((resolve, reject) => {
    const die = (message: string, cause?: unknown): void => {
      if (ended) return;
      ended = true;
      const reason = failure(message, cause);
      reject(reason);
      onDeath(reason);
    };
    worker.on('error', (error) =>
      die(`${isOutOfMemory(error) ? 'ran out of memory' : 'failed'}: ${error.message}`, error),
    );
    worker.on('messageerror', (error) => die(`sent what cannot be read: ${error.message}`, error));
    worker.on('exit', (exitCode) => die(`ended by itself with exit code ${exitCode}`));
    worker.on('message', (message: unknown) => {
      if (ended) return;
      if (!isWorkerMessage(message)) {
        die('posted a message that is not from this program');
        return;
      }
      busy = false;
      if (message.type === 'done') whenDone(message.completedAtNs);
      else resolve({ engine: message.engine, features: new Uint8Array(features), run, terminate });
    });
  });
  try {
    return await withinTime(START_LIMIT_MS, ready, () =>
      failure(`did not create its engine within ${START_LIMIT_MS / 1000} s`),
    );
  } catch (thrown) {
    await terminate();
    throw thrown;
  }
}

/** The engine can post messages, too. */
function isWorkerMessage(message: unknown): message is WorkerMessage {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  if (message.type === 'done') return 'completedAtNs' in message && Number.isFinite(message.completedAtNs);
  return message.type === 'ready' && 'engine' in message && typeof message.engine === 'object';
}

/** V8 ends a thread whose heap is full, and no other; memory outside of heaps is the whole process's. */
function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/**
 * A thread inside native code cannot be interrupted, nor, from Node.js 24 on, some loops that call nothing but built-in
 * functions; Node.js would wait for it at the end of the process, for ever.
 */
async function endThread(worker: Worker, name: string): Promise<void> {
  const terminated = worker.terminate().then(() => true);
  if (await Promise.race([terminated, sleep(TERMINATION_LIMIT_MS, false, { ref: false })])) return;
  worker.unref();
  process.emitWarning(`${name} of the system under test cannot be ended; the process will end by SIGKILL`);
  process.off('exit', killProcess).on('exit', killProcess);
}

function killProcess(): void {
  process.kill(process.pid, 'SIGKILL');
}
