import { LoadGenError } from '../../base/errors.js';
import type { QueryResponder } from '../../loadgen/systemUnderTest.js';
import type { ClosableSystemUnderTest } from '../closableSystemUnderTest.js';
import type { EngineModel } from '../engine.js';
import { engineConfiguration } from '../engineConfiguration.js';
import { type PairInputs, RESPONSE_BYTES } from '../pairInputs.js';
import { type PoolWorker, startPoolWorker } from './poolWorker.js';

interface WorkerPoolOptions {
  /** URL of the engine's file. */
  readonly engineModule: string;
  readonly model: EngineModel;
  readonly inputs: PairInputs;
  readonly workerCount: number;
}

interface QueuedSample {
  readonly id: number;
  readonly shared: SharedArrayBuffer;
  readonly offset: number;
  readonly responder: QueryResponder;
}

/**
 * Runs an engine for face pairs in several workers, each with an engine of its own; samples are taken in the order they
 * were issued, each by the first worker that is free. Completion times are taken in the worker. Throws `SUT_WORKER` if
 * a worker cannot start; if one dies later, the run is told and the pool is of no further use than to be closed.
 */
export async function createWorkerPoolSut(options: WorkerPoolOptions): Promise<ClosableSystemUnderTest> {
  const { inputs, model } = options;
  const queue: QueuedSample[] = [];
  const running = new Map<PoolWorker, QueuedSample>();
  const data = new Uint8Array(RESPONSE_BYTES);
  let failure: LoadGenError | undefined;

  const fail = (reason: LoadGenError): void => {
    if (failure !== undefined) return;
    failure = reason;
    const responders = new Set([...running.values(), ...queue].map(({ responder }) => responder));
    running.clear();
    queue.length = 0;
    for (const responder of responders) responder.fail(reason);
  };
  const workers = await startWorkers(options, fail);
  const idle = [...workers];

  const dispatch = (): void => {
    while (failure === undefined && queue.length > 0 && idle.length > 0) {
      const next = queue.shift();
      const worker = idle.pop();
      if (next !== undefined && worker !== undefined) run(worker, next);
    }
  };
  const run = (worker: PoolWorker, queued: QueuedSample): void => {
    const { id, shared, offset, responder } = queued;
    running.set(worker, queued);
    worker.run(shared, offset, (completedAtNs) => {
      if (!running.delete(worker)) return;
      // Out of shared memory, which not every consumer of bytes takes, and to let the worker go on.
      data.set(worker.features);
      idle.push(worker);
      dispatch();
      responder.querySamplesComplete([{ id, data }], completedAtNs);
    });
  };

  const [firstWorker] = workers;
  const engine = firstWorker?.engine;
  if (engine === undefined) throw new RangeError('a worker pool needs a worker');
  return {
    name: `${engine.name} in ${workers.length} workers`,
    configuration: { ...engineConfiguration(engine, model), workers: workers.length },
    issueQuery(samples, responder) {
      if (failure !== undefined) {
        responder.fail(failure);
        return;
      }
      const { shared } = inputs;
      // All before any: a sample that is not loaded makes this throw before a worker has started.
      const queued = samples.map(({ id, index }) => ({ id, shared, offset: inputs.offsetOf(index), responder }));
      for (const sample of queued) queue.push(sample);
      dispatch();
    },
    flushQueries() {},
    async close() {
      fail(new LoadGenError('SUT_CLOSED', 'the system under test was closed before it answered'));
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

async function startWorkers(
  { engineModule, model, workerCount }: WorkerPoolOptions,
  onDeath: (reason: LoadGenError) => void,
): Promise<PoolWorker[]> {
  const tflite = new SharedArrayBuffer(model.tflite.length);
  new Uint8Array(tflite).set(model.tflite);
  const started = await Promise.allSettled(
    Array.from({ length: workerCount }, (_, index) =>
      startPoolWorker({ name: `worker ${index + 1}`, engineModule, modelName: model.name, tflite, onDeath }),
    ),
  );
  const workers = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const rejected = started.find((result) => result.status === 'rejected');
  if (rejected === undefined) return workers;
  await Promise.all(workers.map((worker) => worker.terminate()));
  throw rejected.reason;
}
