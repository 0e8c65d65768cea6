import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { LoadGenError } from '../../base/errors.js';
import { parseJson } from '../../base/text.js';
import { type FailureCode, makeFolder, writeError } from './files.js';
import { systemCodeOf } from './systemErrors.js';

/** In a folder that a process is writing to. */
export const LOCK_NAME = '.loadgen.lock';

const ownerSchema = z.object({
  pid: z.int().positive(),
  /** What the operating system says of when the process started, since a later process may have its id; null if nothing. */
  startedAt: z.string().nullable(),
  host: z.string(),
});
type Owner = z.infer<typeof ownerSchema>;

/**
 * Runs `action` while no other process works in the folder, on the word of a lock file that only one can create. The
 * folder is made if need be, and removed if nothing was put there. A lock whose owner has died on this machine is taken
 * over, as is one that names no owner.
 *
 * @param code of the error that the folder or the lock cannot be written
 * @throws FOLDER_LOCKED if another process holds the lock
 */
export async function withLockedFolder<T>(code: FailureCode, folder: string, action: () => Promise<T>): Promise<T> {
  const path = join(folder, LOCK_NAME);
  let made: string | undefined;
  try {
    made = makeFolder(folder);
    lock(path);
  } catch (thrown) {
    throw thrown instanceof LoadGenError ? thrown : writeError(code, folder, thrown);
  }
  try {
    return await action();
  } finally {
    rmSync(path, { force: true });
    if (made !== undefined) removeEmptyFolders(resolve(folder), made);
  }
}

/**
 * Two processes may find a lock abandoned at the same time; the second must not remove the lock that the first has made
 * meanwhile. So looking and removing are done under a lock of their own, which is abandoned if its owner dies, too.
 */
function lock(path: string): void {
  if (create(path)) return;
  if (!isAbandoned(path)) throw lockedError(path);
  const guard = `${path}.takeover`;
  lock(guard);
  try {
    if (isAbandoned(path)) rmSync(path, { force: true });
    if (!create(path)) throw lockedError(path);
  } finally {
    rmSync(guard, { force: true });
  }
}

function create(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
  try {
    const owner: Owner = { pid: process.pid, startedAt: startOf(process.pid) ?? null, host: hostname() };
    writeFileSync(file, JSON.stringify(owner));
    return true;
  } catch (thrown) {
    rmSync(path, { force: true });
    throw thrown;
  } finally {
    closeSync(file);
  }
}

/** An owner writes its name as soon as it has made the file: if there is none, it died before, or the file is damaged. */
function isAbandoned(path: string): boolean {
  const owner = ownerOf(path) ?? pauseAndRead(path);
  if (owner === undefined) return true;
  if (owner.host !== hostname()) return false;
  if (!isRunning(owner.pid)) return true;
  return owner.startedAt !== null && startOf(owner.pid) !== owner.startedAt;
}

const OWNER_WRITES_MS = 200;

function pauseAndRead(path: string): Owner | undefined {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OWNER_WRITES_MS);
  return ownerOf(path);
}

/** Undefined if the lock is gone or names no owner. */
function ownerOf(path: string): Owner | undefined {
  try {
    return ownerSchema.safeParse(parseJson(readFileSync(path, 'utf8'))).data;
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined;
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

/** Undefined if the process is not there, has ended though nobody has asked for its exit code, or cannot be looked at. */
function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      // After the name, which may hold anything: the state, then, as the 20th, the start in ticks since boot.
      const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return state === 'Z' || state === 'X' ? undefined : fields[18];
    } catch {
      return undefined;
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim() || undefined;
}

function removeEmptyFolders(folder: string, first: string): void {
  try {
    for (let path = folder; path.length >= first.length; path = dirname(path)) rmdirSync(path);
  } catch {
    // Something was put there.
  }
}

function lockedError(path: string): LoadGenError {
  const owner = ownerOf(path);
  const by = owner === undefined ? 'another process' : `process ${owner.pid} on ${owner.host}`;
  return new LoadGenError('FOLDER_LOCKED', `${dirname(path)}: ${by} is working in this folder`, {
    hint: `Wait until it has ended, or name another folder. If there is no such process, delete ${path}.`,
  });
}
