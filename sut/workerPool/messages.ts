import type { EngineFacts } from '../engineConfiguration.js';

/** What a worker is started with. */
export interface WorkerStart {
  /** URL of the engine's file. */
  readonly engineModule: string;
  readonly modelName: string;
  readonly tflite: SharedArrayBuffer;
  /** Where the worker leaves a pair's features. */
  readonly features: SharedArrayBuffer;
}

/** To a worker: run the pair at this place. A worker has one task at a time. */
export interface Task {
  /** The memory of the inputs, sent when it is another one than before. */
  readonly shared?: SharedArrayBuffer;
  readonly offset: number;
}

/** From a worker: once when its engine is ready, then for each task. What goes wrong is thrown, which ends the worker. */
export type WorkerMessage =
  | { readonly type: 'ready'; readonly engine: EngineFacts }
  | { readonly type: 'done'; readonly completedAtNs: number };
