import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../base/errors.js';
import type { HostileCase } from './hostileCase.js';
import { runHostileCase } from './runHostileCase.js';

const AT_A_TIME = 2;

/** Runs cases, each in a folder of its own below `work`, which only stays if something was not right. */
export async function runHostileCases(
  cases: readonly HostileCase[],
  work: string,
  onEnd: (one: HostileCase, fault: string | undefined, folder: string) => void,
): Promise<void> {
  const waiting = [...cases.entries()];
  const runWaiting = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, one] = next;
      const folder = join(work, String(index));
      const fault = await runHostileCase(one, folder).catch(messageOf);
      if (fault === undefined) rmSync(folder, { recursive: true, force: true });
      onEnd(one, fault, folder);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, runWaiting));
}
