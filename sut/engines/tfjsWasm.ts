import { version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';
import type { Engine, EngineModel, EngineModule } from '../engine.js';
import { createGraphModelEngine, useBackend } from '../tfjs/graphModelEngine.js';

export const formats: EngineModule['formats'] = ['tfjs'];
export const precisions: EngineModule['precisions'] = ['fp32'];

/**
 * TensorFlow.js in WebAssembly, with `@tensorflow/tfjs-backend-wasm`. One thread: the package does not start its threads
 * under Node.
 */
export async function createEngine(model: EngineModel): Promise<Engine> {
  const hasSimd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return createGraphModelEngine('wasm', model, {
    name: 'tfjs-wasm',
    version: version_wasm,
    threads: 1,
    instructionSet: hasSimd === true ? 'WASM SIMD' : 'WASM',
  });
}

export function checkUsable(): Promise<void> {
  return useBackend('wasm');
}
