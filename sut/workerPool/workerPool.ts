import { LoadGenError } from '../../base/errors.js';
import { inputValuesOf, PAIR_IMAGES, type PairInputs } from '../../base/pairLayout.js';
import { type ClosableSystemUnderTest, engineConfiguration } from '../closableSystemUnderTest.js';
import type { EngineModel, EngineOptions, ModelFile } from '../engine.js';
import { SampleQueue } from '../sampleQueue.js';
import { PendingPair } from './pendingPair.js';
import { type PoolWorker, startPoolWorker } from './poolWorker.js';

interface WorkerPoolOptions {
  /** URL of the engine's file. */
  readonly engineModule: string;
  readonly model: EngineModel;
  readonly engineOptions: EngineOptions;
  readonly inputs: PairInputs;
  readonly workerCount: number;
  /** Images that an engine is given at a time, at most. */
  readonly batch: number;
  /** Images that a worker takes at a time. Fewer than a pair's four spread each pair over several workers. */
  readonly imagesPerTask: number;
}

/**
 * Runs an engine for face pairs in several workers, each with an engine of its own; samples are taken in the order they
 * were issued, each by the first workers that are free. Completion times are taken in the worker. Throws `SUT_WORKER` if
 * a worker cannot start; if one dies later, the run is told and the pool is of no further use than to be closed.
 */
export async function createWorkerPoolSut(options: WorkerPoolOptions): Promise<ClosableSystemUnderTest> {
  const { inputs, model, imagesPerTask } = options;
  const imageBytes = model.network.embeddingValues * Float32Array.BYTES_PER_ELEMENT;
  /** Of the first one, some images may be with workers already. */
  const queue = new SampleQueue<PendingPair>();
  const running = new Map<PoolWorker, PendingPair>();
  let failure: LoadGenError | undefined;

  const fail = (reason: LoadGenError): void => {
    if (failure !== undefined) return;
    failure = reason;
    const responders = new Set([...running.values(), ...queue].map(({ responder }) => responder));
    running.clear();
    queue.clear();
    for (const responder of responders) responder.fail(reason);
  };
  const workers = await startWorkers(options, fail);
  const idle = [...workers];

  const dispatch = (): void => {
    while (failure === undefined) {
      const pair = queue.first;
      const worker = pair === undefined ? undefined : idle.pop();
      if (pair === undefined || worker === undefined) return;
      const firstImage = pair.takeImages(imagesPerTask);
      if (pair.isTaken) queue.shift();
      run(worker, pair, firstImage);
    }
  };
  const run = (worker: PoolWorker, pair: PendingPair, firstImage: number): void => {
    const images = Math.min(imagesPerTask, PAIR_IMAGES - firstImage);
    const offset = pair.offset + firstImage * inputValuesOf(model.network);
    running.set(worker, pair);
    worker.run(pair.shared, { offset, images }, (completedAtNs) => {
      if (!running.delete(worker)) return;
      pair.addFeatures(worker.features.subarray(0, images * imageBytes), firstImage * imageBytes, completedAtNs);
      idle.push(worker);
      dispatch();
      pair.answerIfComplete();
    });
  };

  const [firstWorker] = workers;
  const engine = firstWorker?.engine;
  if (engine === undefined) throw new RangeError('a worker pool needs a worker');
  return {
    name: `${engine.name} in ${workers.length} ${workers.length === 1 ? 'worker' : 'workers'}`,
    configuration: {
      ...engineConfiguration(engine, model),
      workers: workers.length,
      batch: options.batch,
      imagesPerTask,
    },
    issueQuery(samples, responder) {
      if (failure !== undefined) {
        responder.fail(failure);
        return;
      }
      const { shared } = inputs;
      // All before any: a sample that is not loaded makes this throw before a worker has started.
      const pairs = samples.map(
        ({ id, index }) => new PendingPair(id, responder, shared, inputs.offsetOf(index), PAIR_IMAGES * imageBytes),
      );
      for (const pair of pairs) queue.push(pair);
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
  { engineModule, model, engineOptions, batch, workerCount }: WorkerPoolOptions,
  onDeath: (reason: LoadGenError) => void,
): Promise<PoolWorker[]> {
  const start = { engineModule, model: inSharedMemory(model), engineOptions, batch, onDeath };
  const started = await Promise.allSettled(
    Array.from({ length: workerCount }, (_, index) => startPoolWorker({ ...start, name: `worker ${index + 1}` })),
  );
  const workers = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const rejected = started.find((result) => result.status === 'rejected');
  if (rejected === undefined) return workers;
  await Promise.all(workers.map((worker) => worker.terminate()));
  throw rejected.reason;
}

/** So that workers see the same bytes instead of being sent a copy each. */
function inSharedMemory(model: EngineModel): EngineModel {
  const [main, ...others] = model.files;
  return { ...model, files: [shareFile(main), ...others.map(shareFile)] };
}

function shareFile({ name, content }: ModelFile): ModelFile {
  const shared = new Uint8Array(new SharedArrayBuffer(content.length));
  shared.set(content);
  return { name, content: shared };
}
