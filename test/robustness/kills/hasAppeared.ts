import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../../cli/loadgen.js';

/** Kept when there is such a file, broken if the process ends without it. */
export async function hasAppeared(file: string, { process, ended }: Running): Promise<void> {
  while (!existsSync(file)) {
    if (process.exitCode !== null) throw new Error(`ended without ${file}: ${(await ended).stderr.slice(-1000)}`);
    await sleep(1);
  }
}
