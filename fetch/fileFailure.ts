import { LoadGenError, messageOf } from '../base/errors.js';
import { CACHE_HINT } from '../platform/node/cacheFolder.js';
import { writeError } from '../platform/node/files.js';
import { hintOfMachine, systemCodeOf } from '../platform/node/systemErrors.js';

/**
 * Runs what reads or writes a file or folder. Errors that are not the operating system's stay as they are.
 *
 * @throws FETCH_FILE if the system cannot read the path
 * @throws FETCH_WRITE if the system cannot write it
 */
export async function onFile<T>(doing: 'read' | 'write', path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (thrown) {
    if (systemCodeOf(thrown) === undefined) throw thrown;
    if (doing === 'write') throw writeError('FETCH_WRITE', path, thrown, CACHE_HINT);
    throw new LoadGenError('FETCH_FILE', `cannot read ${path}: ${messageOf(thrown)}`, {
      hint: hintOfMachine(thrown) ?? 'Check its name, and that it may be read.',
      cause: thrown,
    });
  }
}
