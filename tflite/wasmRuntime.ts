import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import createWebApi from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js';
import { startWasmRuntime, type WasmRuntime } from './startWasmRuntime.js';

const WASM_FILE = '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.wasm';
let runtime: Promise<WasmRuntime> | undefined;

/** The TFLite runtime of this thread: started when first asked for, shared by all models. */
export function wasmRuntime(): Promise<WasmRuntime> {
  runtime ??= start();
  return runtime;
}

function start(): Promise<WasmRuntime> {
  const load = async () => ({
    create: createWebApi,
    wasmBinary: await readFile(createRequire(import.meta.url).resolve(WASM_FILE)),
  });
  return startWasmRuntime(load, () => {
    runtime = undefined;
  });
}
