import { EXIT_CODE, LoadGenError, messageOf } from '../base/errors.js';

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: make room and run the command again, it goes on where it stopped.',
  EDQUOT: 'Your quota is used up: make room and run the command again, it goes on where it stopped.',
};

/**
 * Runs what reads or writes a file or folder.
 *
 * @throws LoadGenError `FETCH_FILE` naming the path, in place of an error of the operating system; others as they are
 */
export async function onFile<T>(doing: 'read' | 'write', path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (thrown) {
    const code = systemCodeOf(thrown);
    if (code === undefined) throw thrown;
    const rights = `Check that it may be ${doing === 'read' ? 'read' : 'written to'}; SPHEREFACE_LOADGEN_CACHE names another folder.`;
    throw new LoadGenError('FETCH_FILE', `cannot ${doing} ${path}: ${messageOf(thrown)}`, {
      hint: HINTS[code] ?? rights,
      cause: thrown,
      exitCode: EXIT_CODE.internal,
    });
  }
}

/** `ENOENT` and the like; undefined for any error that is not the operating system's. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
