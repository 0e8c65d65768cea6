import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { LoadGenError } from '../base/errors.js';
import { systemCodeOf } from '../platform/node/files.js';
import { onFile } from './fileFailure.js';

const ownerSchema = z.object({ pid: z.int().positive(), host: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/**
 * Runs `action` while no other process does, on the word of a lock file that only one can create. A lock left by a
 * process that has died on this machine is taken over.
 *
 * @throws LoadGenError `FETCH_LOCKED` if another process holds the lock, `FETCH_FILE`
 */
export async function withLock<T>(path: string, action: () => Promise<T>): Promise<T> {
  await onFile('write', path, async () => {
    if (create(path)) return;
    removeIfAbandoned(path);
    if (!create(path)) throw lockedError(path);
  });
  try {
    return await action();
  } finally {
    rmSync(path, { force: true });
  }
}

function create(path: string): boolean {
  try {
    const owner: Owner = { pid: process.pid, host: hostname() };
    writeFileSync(path, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

/**
 * Two processes may find a lock abandoned at the same time; the second must not remove the lock that the first has made
 * meanwhile. So looking and removing are done under a lock of their own, which is never taken over.
 */
function removeIfAbandoned(path: string): void {
  const guard = `${path}.takeover`;
  if (!create(guard)) throw lockedError(guard);
  try {
    const owner = ownerOf(path);
    if (owner !== undefined && owner.host === hostname() && !isRunning(owner.pid)) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** Undefined if the lock is gone, or its owner has not written it yet. */
function ownerOf(path: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (thrown) {
    const isUnreadable = thrown instanceof SyntaxError || thrown instanceof z.ZodError;
    if (isUnreadable || systemCodeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: it runs, as somebody else's.
    return systemCodeOf(thrown) !== 'ESRCH';
  }
}

function lockedError(path: string): LoadGenError {
  const owner = ownerOf(path);
  const by = owner === undefined ? 'another process' : `process ${owner.pid} on ${owner.host}`;
  return new LoadGenError('FETCH_LOCKED', `${path}: ${by} is fetching into this folder`, {
    hint: 'Wait until it has ended. If there is no such process, delete this file.',
  });
}
