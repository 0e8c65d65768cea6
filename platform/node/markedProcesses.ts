import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * The other processes whose environment holds this variable, on Linux; children inherit it, also those that have left
 * their process group. Elsewhere none.
 */
export function markedProcesses(name: string, value: string): number[] {
  if (process.platform !== 'linux') return [];
  const mark = `${name}=${value}`;
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid && environmentOf(entry).includes(mark))
    .map(Number);
}

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

export function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Of another user's process, nobody may know. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
