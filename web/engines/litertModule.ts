import { supportsFeature } from '@litertjs/core';
import type { LiteRtFactory } from '../../sut/litert/liteRtRuntime.js';
import { type PageEngineOptions, runScript } from './pageEngine.js';

const FACTORY = 'ModuleFactory';

export interface LiteRtModule {
  readonly create: LiteRtFactory;
  readonly wasmBinary: Uint8Array<ArrayBuffer>;
  readonly relaxedSimd: boolean;
  readonly threads: number;
}

/** The build of LiteRT that this browser can run; the one with threads has relaxed SIMD, too. */
export async function loadLiteRtModule({
  threads: wanted,
  load,
  addressOf,
}: Pick<PageEngineOptions, 'threads' | 'load' | 'addressOf'>): Promise<LiteRtModule> {
  const relaxedSimd = await supportsFeature('relaxedSimd');
  const threads = relaxedSimd ? wanted : 1;
  const base = `litert_wasm${buildOf(relaxedSimd, threads)}_internal`;
  const [script, wasmBinary] = await Promise.all([load(`${base}.js`), load(`${base}.wasm`)]);
  const exported = runScript(script, FACTORY);
  if (typeof exported !== 'function') throw new TypeError(`the script of LiteRT leaves no ${FACTORY}`);
  const create: LiteRtFactory = (options) => exported({ ...options, mainScriptUrlOrBlob: addressOf(`${base}.js`) });
  return { create, wasmBinary, relaxedSimd, threads };
}

function buildOf(relaxedSimd: boolean, threads: number): string {
  if (threads > 1) return '_threaded';
  return relaxedSimd ? '' : '_compat';
}
