import type { PairInputs } from '../../base/pairLayout.js';
import type { ClosableSystemUnderTest } from '../closableSystemUnderTest.js';
import type { EngineModel, EngineOptions, ModelFile } from '../engine.js';
import { engineConfiguration } from '../engineConfiguration.js';
import { startPool } from '../pool/pool.js';
import { startPoolWorker } from './poolWorker.js';

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
 * Runs an engine for face pairs in several worker threads, each with an engine of its own. Throws `SUT_WORKER` if a
 * worker cannot start.
 */
export async function createWorkerPoolSut({
  engineModule,
  model,
  engineOptions,
  inputs,
  workerCount,
  batch,
  imagesPerTask,
}: WorkerPoolOptions): Promise<ClosableSystemUnderTest> {
  const start = { engineModule, model: inSharedMemory(model), engineOptions, batch };
  const { engine, issueQuery, close } = await startPool({
    startMember: (index, onDeath) => startPoolWorker({ ...start, name: `worker ${index + 1}`, onDeath }),
    memberCount: workerCount,
    network: model.network,
    inputs,
    imagesPerTask,
  });
  return {
    name: `${engine.name} in ${workerCount} ${workerCount === 1 ? 'worker' : 'workers'}`,
    configuration: { ...engineConfiguration(engine, model), workers: workerCount, batch, imagesPerTask },
    issueQuery,
    flushQueries() {},
    close,
  };
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
