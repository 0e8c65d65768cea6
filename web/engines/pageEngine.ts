import type { Engine, EngineModel, Precision } from '../../sut/engine.js';
import type { ModelFormat } from '../../sut/modelFormats.js';

export interface PageEngineOptions {
  readonly precision: Precision;
  /** Of the runtime. */
  readonly version: string;
  /** The content of one of the runtime's files. */
  load(file: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** What a file in `web/engines/` exports. */
export interface PageEngine {
  readonly format: ModelFormat;
  /** Computes in this worker, until the worker ends. */
  createEngine(model: EngineModel, options: PageEngineOptions): Promise<Engine>;
}
