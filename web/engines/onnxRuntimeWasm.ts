import * as runtime from 'onnxruntime-web/wasm';
import type { Engine, EngineModel } from '../../sut/engine.js';
import { createOnnxRuntimeEngine } from './onnxRuntimeSession.js';
import type { PageEngineOptions } from './pageEngine.js';

/** ONNX Runtime in WebAssembly, from `onnxruntime-web`: SIMD, and threads where the page is isolated. */
export function createEngine(model: EngineModel, options: PageEngineOptions): Promise<Engine> {
  return createOnnxRuntimeEngine(runtime, model, options, {
    name: 'onnxruntime-web',
    instructionSet: 'WASM SIMD',
    provider: 'wasm',
    files: 'ort-wasm-simd-threaded',
  });
}
