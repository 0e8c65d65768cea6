import type { Engine, EngineModel, Precision } from '../../sut/engine.js';

export interface PageEngineOptions {
  readonly precision: Precision;
  /** How many may compute an inference; more than one only in a page that is isolated, for an engine that has them. */
  readonly threads: number;
  /** Of the runtime. */
  readonly version: string;
  /** The content of one of the runtime's files. */
  load(file: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Where a runtime finds one of its files by itself. */
  addressOf(file: string): string;
}

/** What a file in `web/engines/` exports, or makes. */
export interface PageEngine {
  /** Computes in this worker, until the worker ends. */
  createEngine(model: EngineModel, options: PageEngineOptions): Promise<Engine>;
}

/**
 * Runs a classic script of a package, which came as bytes, and gives what it leaves in a variable.
 *
 * @param name of the variable
 */
export function runScript(source: Uint8Array<ArrayBuffer>, name: string): unknown {
  return new Function(`${new TextDecoder().decode(source)}\nreturn ${name};`)();
}
