import type { LiteRtWasm } from './liteRtWasm.js';

export interface LiteRtRuntime {
  readonly wasm: LiteRtWasm;
  readonly version: string;
  /** That compute a model. */
  readonly threads: number;
  readonly instructionSet: string;
  /** The errors that the runtime reported since the last call. */
  takeErrors(): string[];
}

/** What a script of the package leaves. */
export type LiteRtFactory = (options: object) => Promise<LiteRtWasm>;

const MAX_KEPT_ERRORS = 20;

/**
 * Starts LiteRT's WASM module. Its memory is freed when nothing refers to the runtime any more.
 *
 * @param relaxedSimd whether `wasmBinary` is a build that has it
 * @param threads more than one with the build that has them
 */
export async function createLiteRtRuntime(
  create: LiteRtFactory,
  wasmBinary: Uint8Array,
  {
    version,
    relaxedSimd,
    threads,
  }: { readonly version: string; readonly relaxedSimd: boolean; readonly threads: number },
): Promise<LiteRtRuntime> {
  let errors: string[] = [];
  const wasm = await create({
    wasmBinary,
    print() {},
    printErr(line: string) {
      if (line.startsWith('ERROR') && errors.length < MAX_KEPT_ERRORS) errors.push(line);
    },
  });
  return {
    wasm,
    version,
    threads,
    instructionSet: relaxedSimd ? 'WASM relaxed SIMD' : 'WASM SIMD',
    takeErrors() {
      const taken = errors;
      errors = [];
      return taken;
    },
  };
}
