import type { PageEngineName } from '../shared/pageEngines.js';
import type { PageEngine } from './pageEngine.js';

/** Each in a script of its own, loaded by who measures it. */
const MODULES: Readonly<Record<PageEngineName, () => Promise<PageEngine>>> = {
  litert: () => import('./litert.js'),
  'litert-webgpu': () => import('./litertWebGpu.js'),
  'onnxruntime-web': () => import('./onnxRuntimeWasm.js'),
  'onnxruntime-web-webgpu': async () => (await import('./onnxRuntimeGpu.js')).engineOn('webgpu'),
  'onnxruntime-web-webnn': async () => (await import('./onnxRuntimeGpu.js')).engineOn('webnn'),
  'tfjs-tflite': () => import('./tfjsTflite.js'),
  'tfjs-wasm': () => import('./tfjsWasm.js'),
  'tfjs-webgl': () => import('./tfjsWebGl.js'),
  'tfjs-webgpu': () => import('./tfjsWebGpu.js'),
};

export function importPageEngine(name: PageEngineName): Promise<PageEngine> {
  return MODULES[name]();
}
