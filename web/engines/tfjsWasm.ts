import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';
import type { Engine, EngineModel } from '../../sut/engine.js';
import { createGraphModelEngine } from '../../sut/tfjs/graphModelEngine.js';
import type { PageEngineOptions } from './pageEngine.js';

/** TensorFlow.js in WebAssembly, from `@tensorflow/tfjs-backend-wasm`: SIMD, XNNPACK. */
export function createEngine(model: EngineModel, { version, threads, addressOf }: PageEngineOptions): Promise<Engine> {
  setWasmPaths(new URL('.', addressOf('tfjs-backend-wasm-simd.wasm')).href);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
  setThreadsCount(threads);
  return createGraphModelEngine('wasm', model, { name: 'tfjs-wasm', version, threads, instructionSet: 'WASM SIMD' });
}
