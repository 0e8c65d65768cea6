import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type createWebApi from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js';
import { packageFolder } from '../platform/node/packages.js';
import { createTfliteModel, type TfliteModel } from './createTfliteModel.js';
import { startWasmRuntime, type WasmRuntime } from './startWasmRuntime.js';

/** It ships within this package: its peer is another version of TensorFlow.js than the engines', and of it all but this is not used. */
export const TFLITE_PACKAGE = '@tensorflow/tfjs-tflite';

let runtime: Promise<WasmRuntime> | undefined;

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

/** The TFLite runtime of this thread: started when first asked for, shared by all models. */
export function wasmRuntime(): Promise<WasmRuntime> {
  runtime ??= start();
  return runtime;
}

/** The path of a file of its WebAssembly runtime. */
export function tfliteFile(name: string): string {
  return join(packageFolder(TFLITE_PACKAGE), 'wasm', name);
}

function start(): Promise<WasmRuntime> {
  const load = async () => {
    const create: typeof createWebApi = createRequire(import.meta.url)(tfliteFile('tflite_web_api_cc_simd.js'));
    return { create, wasmBinary: await readFile(tfliteFile('tflite_web_api_cc_simd.wasm')) };
  };
  return startWasmRuntime(load, () => {
    runtime = undefined;
  });
}
