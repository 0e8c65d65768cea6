import type { WebApi, WebApiOptions } from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js';
import { LoadGenError, messageOf } from '../base/errors.js';

export interface WasmRuntime {
  readonly api: WebApi;
  /** What the runtime printed since the last call: the reason of a failure, when there was one. Never shown unasked. */
  takePrintedLines(): string[];
  /** Makes the next model start a new runtime: after a trap, nothing in this one's memory can be relied on. */
  discard(): void;
}

export interface LoadedModule extends Omit<WebApiOptions, 'print' | 'printErr'> {
  readonly create: (options: WebApiOptions) => Promise<WebApi>;
}

const MAX_KEPT_LINES = 20;

/**
 * Starts TFLite's WebAssembly runtime.
 *
 * @param load gives what the package's module exports, and the binary or where it finds it
 * @throws TFLITE_RUNTIME if it does not start
 */
export async function startWasmRuntime(load: () => Promise<LoadedModule>, discard: () => void): Promise<WasmRuntime> {
  let lines: string[] = [];
  const keep = (line: string) => {
    if (lines.length < MAX_KEPT_LINES) lines.push(line);
  };
  try {
    const { create, ...wasm } = await load();
    const api = await create({ ...wasm, print: keep, printErr: keep });
    return {
      api,
      takePrintedLines() {
        const taken = lines;
        lines = [];
        return taken;
      },
      discard,
    };
  } catch (thrown) {
    discard();
    throw new LoadGenError('TFLITE_RUNTIME', `the TFLite runtime does not start: ${messageOf(thrown)}`, {
      hint: 'Install the dependencies again (npm ci). The runtime needs a processor with WebAssembly SIMD.',
      cause: thrown,
    });
  }
}
