import type { ChildProcess } from 'node:child_process';
import { endProcess, markedProcesses } from '../../platform/node/markedProcesses.js';

/** Ends a process that leads a group and what it started: its group, and on Linux also what has left that. */
export function killOffspring(leader: ChildProcess, markName: string, markValue: string): void {
  const { pid } = leader;
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') leader.kill('SIGKILL');
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
  for (const left of markedProcesses(markName, markValue)) endProcess(left);
}
