import { readFileSync } from 'node:fs';

/** Whether a signal or a debugger has stopped a process, on Linux. Elsewhere false. */
export function isStopped(pid: number): boolean {
  try {
    // Its name, in parentheses, may hold anything; the state follows.
    return /^.*\) [Tt] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
