import type { EngineFacts } from '../closableSystemUnderTest.js';
import type { EngineModel, EngineOptions } from '../engine.js';

/** What a worker is started with. */
export interface WorkerStart {
  /** URL of the engine's file. */
  readonly engineModule: string;
  /** Its files lie in shared memory. */
  readonly model: EngineModel;
  readonly engineOptions: EngineOptions;
  /** Images that the engine is given at a time, at most. */
  readonly batch: number;
  /** Where the worker leaves the embeddings of a task, for up to a pair's four images. */
  readonly features: SharedArrayBuffer;
}

/** To a worker: run the images at this place. A worker has one task at a time; `'close'`, when it has none, ends it. */
export interface Task {
  /** The memory of the inputs, sent when it is another one than before. */
  readonly shared?: SharedArrayBuffer;
  /** Counted in float32 values. */
  readonly offset: number;
  readonly images: number;
}

/** From a worker: once when its engine is ready, then for each task. What goes wrong is thrown, which ends the worker. */
export type WorkerMessage =
  | { readonly type: 'ready'; readonly engine: EngineFacts }
  | { readonly type: 'done'; readonly completedAtNs: number };
