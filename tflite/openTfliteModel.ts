import { createTfliteModel, type TfliteModel } from './createTfliteModel.js';
import { wasmRuntime } from './wasmRuntime.js';

/**
 * Opens a TFLite model, from the content of its file, on the WASM runtime of this thread, single-threaded with SIMD.
 * `name` stands in errors, as a file's path would.
 *
 * @throws TFLITE_FORMAT if it is no TFLite file
 * @throws TFLITE_MODEL_REFUSED if the runtime cannot load it
 */
export async function openTfliteModel(bytes: Uint8Array, name = 'the model'): Promise<TfliteModel> {
  return createTfliteModel(await wasmRuntime(), bytes, name, 1);
}
