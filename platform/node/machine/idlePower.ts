import { setTimeout as sleep } from 'node:timers/promises';
import { joulesBetween, readEnergy } from './readEnergy.js';

/** Long enough for counters that are brought up to date each millisecond; a battery's may need more. */
const IDLE_MS = 1000;

/** What the machine takes while nothing is asked of the system; undefined, and at once, where nobody counts it. */
export async function measureIdleWatts(): Promise<number | undefined> {
  const start = readEnergy();
  if (start === undefined) return undefined;
  const startedMs = performance.now();
  await sleep(IDLE_MS);
  const joules = joulesBetween(start, readEnergy());
  return joules === undefined ? undefined : (joules * 1000) / (performance.now() - startedMs);
}
