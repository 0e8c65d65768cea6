import type { Engine, EngineModel } from '../../sut/engine.js';
import { createLiteRtEngine } from '../../sut/litert/createLiteRtEngine.js';
import { createLiteRtRuntime } from '../../sut/litert/liteRtRuntime.js';
import { loadLiteRtModule } from './litertModule.js';
import type { PageEngineOptions } from './pageEngine.js';

/** LiteRT compiled to WebAssembly, from `@litertjs/core`: XNNPACK, relaxed SIMD where the browser has it, and threads then. */
export async function createEngine(
  model: EngineModel,
  { version, precision, ...options }: PageEngineOptions,
): Promise<Engine> {
  const { create, wasmBinary, ...build } = await loadLiteRtModule(options);
  const runtime = await createLiteRtRuntime(create, wasmBinary, { version, ...build });
  return createLiteRtEngine(runtime, model, precision);
}
