import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type createWebApi from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js';
import { tfliteFile } from './packageFiles.js';
import { startWasmRuntime, type WasmRuntime } from './startWasmRuntime.js';

let runtime: Promise<WasmRuntime> | undefined;

/** The TFLite runtime of this thread: started when first asked for, shared by all models. */
export function wasmRuntime(): Promise<WasmRuntime> {
  runtime ??= start();
  return runtime;
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
