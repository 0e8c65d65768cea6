import type { Engine, EngineModel } from '../../sut/engine.js';
import { createLiteRtEngine } from '../../sut/litert/createLiteRtEngine.js';
import { createLiteRtRuntime } from '../../sut/litert/liteRtRuntime.js';
import { loadLiteRtModule } from './litertModule.js';
import type { PageEngineOptions } from './pageEngine.js';

/** LiteRT compiled to WebAssembly, from `@litertjs/core`: XNNPACK, relaxed SIMD where the browser has it, one thread. */
export async function createEngine(
  model: EngineModel,
  { version, precision, load }: PageEngineOptions,
): Promise<Engine> {
  const { create, wasmBinary, relaxedSimd } = await loadLiteRtModule(load);
  const runtime = await createLiteRtRuntime(create, wasmBinary, { version, relaxedSimd });
  return createLiteRtEngine(runtime, model, precision);
}
