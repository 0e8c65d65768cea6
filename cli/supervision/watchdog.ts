import { Worker } from 'node:worker_threads';

const INTERVAL_MS = 1000;

/**
 * Ends this process and its group soon after its parent has ended in a way that left it no time to do so. A thread of its
 * own sees that also while the main thread never returns to its event loop. It wakes once a second, for microseconds.
 */
export function startWatchdog(): void {
  // There, a parent that has ended keeps its place, and groups cannot be ended.
  if (process.platform === 'win32') return;
  const program = `const parent = ${process.ppid};
    const kill = process.kill.bind(process);
    setInterval(() => process.ppid === parent || kill(-process.pid, 'SIGKILL'), ${INTERVAL_MS});`;
  new Worker(program, { eval: true, name: 'watchdog', resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();
}
