import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { LoadGenError } from '../../base/errors.js';
import { responseBytesOf } from '../../base/pairLayout.js';
import type { EngineFacts } from '../engineConfiguration.js';
import type { Task, WorkerMessage, WorkerStart } from './messages.js';

export interface PoolWorker {
  readonly engine: EngineFacts;
  /** The embeddings of the last task from the start on, overwritten by the next task. */
  readonly features: Uint8Array;
  /** Runs a task on images of `shared`, then calls `done`, unless the worker dies. One task at a time. */
  run(shared: SharedArrayBuffer, task: Omit<Task, 'shared'>, done: (completedAtNs: number) => void): void;
  /** Closes the engine and ends the worker; in the middle of a task, ends it at once. */
  terminate(): Promise<void>;
}

interface PoolWorkerOptions extends Omit<WorkerStart, 'features'> {
  /** Stands in errors: "worker 2". */
  readonly name: string;
  /** Called once if the worker ends in any other way than by `terminate`, also while it starts. */
  onDeath(reason: LoadGenError): void;
}

/** Starts a worker; the promise is kept when its engine is ready, broken with `SUT_WORKER` if it dies before. */
export function startPoolWorker({ name, onDeath, ...start }: PoolWorkerOptions): Promise<PoolWorker> {
  const features = new SharedArrayBuffer(responseBytesOf(start.model.network));
  const workerData: WorkerStart = { ...start, features };
  const worker = new Worker(new URL('./main.js', import.meta.url), { workerData, name });
  let ended = false;
  let busy = false;
  let sentShared: SharedArrayBuffer | undefined;
  let whenDone: (completedAtNs: number) => void = () => {};

  const terminate = async (): Promise<void> => {
    const alive = !ended;
    ended = true;
    if (!alive || busy) await worker.terminate();
    else {
      worker.postMessage('close');
      await once(worker, 'exit');
    }
  };

  return new Promise((resolve, reject) => {
    const die = (message: string, cause?: unknown): void => {
      if (ended) return;
      ended = true;
      const reason = new LoadGenError('SUT_WORKER', `${name} of the system under test ${message}`, { cause });
      reject(reason);
      onDeath(reason);
    };
    worker.on('error', (error) =>
      die(`${isOutOfMemory(error) ? 'ran out of memory' : 'failed'}: ${error.message}`, error),
    );
    worker.on('messageerror', (error) => die(`sent what cannot be read: ${error.message}`, error));
    worker.on('exit', (exitCode) => die(`ended by itself with exit code ${exitCode}`));
    worker.on('message', (message: WorkerMessage) => {
      if (ended) return;
      if (message.type === 'done') {
        busy = false;
        whenDone(message.completedAtNs);
      } else resolve({ engine: message.engine, features: new Uint8Array(features), run, terminate });
    });
    const run: PoolWorker['run'] = (shared, task, done) => {
      busy = true;
      whenDone = done;
      const message: Task = shared === sentShared ? task : { ...task, shared };
      sentShared = shared;
      worker.postMessage(message);
    };
  });
}

/** V8 ends a thread whose heap is full, and no other; memory outside of heaps is the whole process's. */
function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
