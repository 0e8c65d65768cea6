import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { WebApi, WebApiOptions } from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js';
import { tfliteFile } from './openTfliteModel.js';

/** As many as Emscripten has started before anyone needs them, since the thread that waits cannot start one; and that one. */
export const MOST_WASM_THREADS = 9;

const SCRIPT = tfliteFile('tflite_web_api_cc_simd_threaded.js');

/** The threads of one runtime. */
export interface WasmThreads {
  /** Starts TFLite's build with threads: what the package exports. */
  createWebApi(options: WebApiOptions): Promise<WebApi>;
  /** Ends the threads that no model has taken, and lets the process end that has others. */
  keepTaken(): void;
  end(): Promise<void>;
}

/** The part of Emscripten's bookkeeping that we use. */
interface PthreadApi extends WebApi {
  readonly PThread: { readonly unusedWorkers: PthreadWorker[] };
}

/** TFLite's build with threads is made for browsers: its script is given a `Worker` as they have it, on one of Node.js. */
export function createWasmThreads(): WasmThreads {
  const workers = new Set<PthreadWorker>();
  class CountedWorker extends PthreadWorker {
    constructor(script: string) {
      super(script);
      workers.add(this);
    }
  }
  let unused: PthreadWorker[] = [];
  return {
    async createWebApi(options) {
      const locateFile = (name: string) => join(dirname(SCRIPT), name);
      const api = await loadScript(CountedWorker)({ ...options, mainScriptUrlOrBlob: SCRIPT, locateFile });
      unused = api.PThread.unusedWorkers;
      return api;
    },
    keepTaken() {
      for (const worker of unused.splice(0)) void worker.terminate();
      for (const worker of workers) worker.unref();
    },
    async end() {
      await Promise.all([...workers].map((worker) => worker.terminate()));
    },
  };
}

/** What Emscripten's script calls of a browser's worker. */
class PthreadWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | undefined;
  readonly #worker: Worker;

  constructor(script: string) {
    // Not the process's own options, some of which are for its main file alone.
    this.#worker = new Worker(new URL('./pthread.js', import.meta.url), { workerData: script, execArgv: [] });
    this.#worker.on('message', (data: unknown) => this.onmessage?.({ data }));
  }

  postMessage(message: unknown): void {
    this.#worker.postMessage(message);
  }

  unref(): void {
    this.#worker.unref();
  }

  async terminate(): Promise<void> {
    this.#worker.ref();
    await this.#worker.terminate();
  }
}

function loadScript(worker: typeof PthreadWorker): (options: WebApiOptions) => Promise<PthreadApi> {
  const script = { exports: {} };
  compileFunction(readFileSync(SCRIPT, 'utf8'), ['module', 'exports', 'Worker'], { filename: SCRIPT })(
    script,
    script.exports,
    worker,
  );
  return script.exports as unknown as (options: WebApiOptions) => Promise<PthreadApi>;
}
