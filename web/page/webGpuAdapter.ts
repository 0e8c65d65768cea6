/** What WebGPU would compute on, such as `apple metal-3`; undefined if on nothing. */
export async function findWebGpuAdapter(): Promise<string | undefined> {
  if (!('gpu' in navigator)) return undefined;
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  if (adapter === null) return undefined;
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const named = [vendor, architecture].filter((text) => text !== '').join(' ') || description || 'unknown';
  return isFallbackAdapter ? `${named} (software)` : named;
}
