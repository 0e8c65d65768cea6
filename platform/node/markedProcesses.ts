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
