import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { findOptionalPackage, notInstalled } from '../optionalPackage.js';
import { createLiteRtRuntime, type LiteRtFactory, type LiteRtRuntime } from './liteRtRuntime.js';

const PACKAGE = '@litertjs/core';
const ENGINE = 'litert';

/**
 * Starts LiteRT's WASM module, with relaxed SIMD where Node has it (Node 20 if told so by a flag). The package would load
 * the module by a script element, as for browsers. The build with threads is left out: it needs the globals of a browser.
 *
 * @throws SUT_NOT_INSTALLED if the package is missing or does not load
 */
export async function startLiteRt(packageName = PACKAGE): Promise<LiteRtRuntime> {
  const { folder, version } = findOptionalPackage(packageName, ENGINE);
  try {
    const { supportsFeature } = await import('@litertjs/core');
    const relaxedSimd = await supportsFeature('relaxedSimd');
    const base = join(folder, 'wasm', relaxedSimd ? 'litert_wasm_internal' : 'litert_wasm_compat_internal');
    const create = await loadCommonJs(`${base}.js`);
    return await createLiteRtRuntime(create, await readFile(`${base}.wasm`), { version, relaxedSimd, threads: 1 });
  } catch (thrown) {
    throw notInstalled(packageName, ENGINE, thrown);
  }
}

/** Runs a file as the CommonJS module it is; Node would take it for an ES module, as its package says it were. */
async function loadCommonJs(file: string): Promise<LiteRtFactory> {
  const names = ['module', 'exports', 'require', '__filename', '__dirname'];
  const run = compileFunction(await readFile(file, 'utf8'), names, { filename: file });
  const module: { exports: unknown } = { exports: {} };
  run(module, module.exports, createRequire(file), file, join(file, '..'));
  const { exports: exported } = module;
  if (typeof exported === 'function') return (options) => exported(options);
  throw new TypeError(`${file} exports no function`);
}
