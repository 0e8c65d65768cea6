/** Says in this tab that it was tried: a host or a browser may keep it from working. */
const TRIED = 'sphereface-loadgen-isolated';
const SERVICE_WORKER = 'isolate.js';

/**
 * Isolates a page whose host has not set the headers for it, by a service worker that does, where the browser lets it.
 *
 * @returns whether the page is about to be loaded again
 */
export async function isolate(): Promise<boolean> {
  if (crossOriginIsolated || !('serviceWorker' in navigator)) return false;
  try {
    if (sessionStorage.getItem(TRIED) !== null) return false;
    await navigator.serviceWorker.register(SERVICE_WORKER);
    await navigator.serviceWorker.ready;
    sessionStorage.setItem(TRIED, 'yes');
  } catch {
    // Refused, as in a private window: the page says that its clock is coarse.
    return false;
  }
  location.reload();
  return true;
}
