import { readFile } from 'node:fs/promises';
import { createTfliteModel, type TfliteModel } from './createTfliteModel.js';
import { tfliteFile } from './openTfliteModel.js';
import { startWasmRuntime } from './startWasmRuntime.js';
import { createWasmThreads } from './wasmThreads.js';

export interface ThreadedTfliteModel {
  readonly model: TfliteModel;
  /** Ends the threads; the model is closed before. */
  endThreads(): Promise<void>;
}

/**
 * As `openTfliteModel`, on a runtime of its own.
 *
 * @param threads that compute the model: 2 to `MOST_WASM_THREADS`
 */
export async function openThreadedTfliteModel(
  bytes: Uint8Array,
  name: string,
  threads: number,
): Promise<ThreadedTfliteModel> {
  const pool = createWasmThreads();
  const load = async () => ({
    create: pool.createWebApi,
    wasmBinary: await readFile(tfliteFile('tflite_web_api_cc_simd_threaded.wasm')),
  });
  try {
    const runtime = await startWasmRuntime(load, () => {});
    const model = createTfliteModel(runtime, bytes, name, threads);
    pool.keepTaken();
    return { model, endThreads: pool.end };
  } catch (thrown) {
    await pool.end();
    throw thrown;
  }
}
