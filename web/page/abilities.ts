/** What this browser can do for an engine. */
import type { BrowserAbilities } from '../shared/pageEngines.js';

/** What WebGPU would compute on, such as `apple metal-3`; undefined if on nothing. */
export async function findWebGpuAdapter(): Promise<string | undefined> {
  if (!('gpu' in navigator)) return undefined;
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  if (adapter === null) return undefined;
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const named = [vendor, architecture].filter((text) => text !== '').join(' ') || description || 'unknown';
  return isFallbackAdapter ? `${named} (software)` : named;
}

/** @param adapter of WebGPU */
export function findAbilities(adapter: string | undefined): BrowserAbilities {
  return {
    webGpu: adapter !== undefined,
    webGl: 'OffscreenCanvas' in globalThis && new OffscreenCanvas(1, 1).getContext('webgl2') !== null,
    webNn: 'ml' in navigator,
  };
}
