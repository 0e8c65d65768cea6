import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../../cli/loadgen.js';

/** Kept when there is such a file, or the process has ended: on a busy machine, nobody may have seen the file. */
export async function hasAppeared(file: string, { process }: Running): Promise<void> {
  while (!existsSync(file) && process.exitCode === null) await sleep(1);
}
