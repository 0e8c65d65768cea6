import { supportsFeature } from '@litertjs/core';
import type { LiteRtFactory } from '../../sut/litert/liteRtRuntime.js';
import { type PageEngineOptions, runScript } from './pageEngine.js';

const FACTORY = 'ModuleFactory';

export interface LiteRtModule {
  readonly create: LiteRtFactory;
  readonly wasmBinary: Uint8Array<ArrayBuffer>;
  readonly relaxedSimd: boolean;
}

/** The build of LiteRT that this browser can run. */
export async function loadLiteRtModule(load: PageEngineOptions['load']): Promise<LiteRtModule> {
  const relaxedSimd = await supportsFeature('relaxedSimd');
  const base = relaxedSimd ? 'litert_wasm_internal' : 'litert_wasm_compat_internal';
  const [script, wasmBinary] = await Promise.all([load(`${base}.js`), load(`${base}.wasm`)]);
  const exported = runScript(script, FACTORY);
  if (typeof exported !== 'function') throw new TypeError(`the script of LiteRT leaves no ${FACTORY}`);
  return { create: (options) => exported(options), wasmBinary, relaxedSimd };
}
