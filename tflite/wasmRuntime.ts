import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import createWebApi, { type WebApi } from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js';
import { LoadGenError, messageOf } from '../base/errors.js';

export interface WasmRuntime {
  readonly api: WebApi;
  /** What the runtime printed since the last call: the reason of a failure, when there was one. Never shown unasked. */
  takePrintedLines(): string[];
}

const MAX_KEPT_LINES = 20;
let runtime: Promise<WasmRuntime> | undefined;

/** The TFLite runtime of this thread: started when first asked for, shared by all models. */
export function wasmRuntime(): Promise<WasmRuntime> {
  runtime ??= start();
  return runtime;
}

/** Makes the next model start a new runtime: after a trap, nothing in the old one's memory can be relied on. */
export function discardWasmRuntime(): void {
  runtime = undefined;
}

async function start(): Promise<WasmRuntime> {
  let lines: string[] = [];
  const keep = (line: string) => {
    if (lines.length < MAX_KEPT_LINES) lines.push(line);
  };
  const wasmFile = createRequire(import.meta.url).resolve('@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.wasm');
  try {
    const api = await createWebApi({ wasmBinary: await readFile(wasmFile), print: keep, printErr: keep });
    return {
      api,
      takePrintedLines() {
        const taken = lines;
        lines = [];
        return taken;
      },
    };
  } catch (thrown) {
    discardWasmRuntime();
    throw new LoadGenError('TFLITE_RUNTIME', `the TFLite runtime ${wasmFile} does not start: ${messageOf(thrown)}`, {
      hint: 'Install the dependencies again (npm ci). The runtime needs a processor with WebAssembly SIMD.',
      cause: thrown,
    });
  }
}
