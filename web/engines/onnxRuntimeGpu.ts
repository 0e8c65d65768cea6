import * as runtime from 'onnxruntime-web/webgpu';
import { createOnnxRuntimeEngine } from './onnxRuntimeSession.js';
import type { PageEngine } from './pageEngine.js';

const API = { webgpu: 'WebGPU', webnn: 'WebNN' } as const;

/** ONNX Runtime from `onnxruntime-web`, on what another interface of the browser computes with. */
export function engineOn(provider: keyof typeof API): PageEngine {
  return {
    createEngine: (model, options) =>
      createOnnxRuntimeEngine(runtime, model, options, {
        name: `onnxruntime-web-${provider}`,
        instructionSet: API[provider],
        provider,
        files: 'ort-wasm-simd-threaded.asyncify',
      }),
  };
}
