import assert from 'node:assert/strict';
import type { Worker } from 'node:worker_threads';

const TIME_TO_END_MS = 2000;

/** Asserts that after `action` nothing runs that did not before and would keep the process alive: timers, sockets, workers. */
export async function assertNothingLeft(action: () => Promise<void>): Promise<void> {
  const workers: Worker[] = [];
  const remember = (worker: Worker) => workers.push(worker);
  process.on('worker', remember);
  const before = countsByName(process.getActiveResourcesInfo());
  try {
    await action();
  } finally {
    process.off('worker', remember);
  }
  const leftovers = () => [
    ...resourcesBeyond(before),
    ...workers.filter(({ threadId }) => threadId >= 0).map(() => 'Worker'),
  ];
  // What was told to end may take some turns of the event loop to do so.
  const deadline = performance.now() + TIME_TO_END_MS;
  while (leftovers().length > 0 && performance.now() < deadline) await new Promise(setImmediate);
  assert.deepEqual(leftovers(), [], 'what still runs after close');
}

function resourcesBeyond(before: ReadonlyMap<string, number>): string[] {
  const now = countsByName(process.getActiveResourcesInfo());
  return [...now]
    .filter(([name, count]) => name !== 'Immediate' && count > (before.get(name) ?? 0))
    .map(([name]) => name);
}

function countsByName(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
