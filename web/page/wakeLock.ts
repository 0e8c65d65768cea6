/**
 * Keeps the screen on while something runs, where the browser can. A page that comes back to the front has lost it.
 *
 * @returns ends it
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let hasEnded = false;
  const take = async () => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    // Refused where little is left in the battery: then the screen may go off, which ends the test INVALID.
    lock = await navigator.wakeLock.request('screen').catch(() => undefined);
    if (hasEnded) await lock?.release();
  };
  const takeAgain = () => void take();
  document.addEventListener('visibilitychange', takeAgain);
  takeAgain();
  return () => {
    hasEnded = true;
    document.removeEventListener('visibilitychange', takeAgain);
    void lock?.release();
  };
}
