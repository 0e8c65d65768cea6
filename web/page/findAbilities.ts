import type { BrowserAbilities } from '../shared/pageEngines.js';

/** @param adapter of WebGPU */
export function findAbilities(adapter: string | undefined): BrowserAbilities {
  return {
    webGpu: adapter !== undefined,
    webGl: 'OffscreenCanvas' in globalThis && new OffscreenCanvas(1, 1).getContext('webgl2') !== null,
    webNn: 'ml' in navigator,
  };
}
