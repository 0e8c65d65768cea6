import { EXIT_CODE, LoadGenError, messageOf } from '../base/errors.js';

type Doing = 'read' | 'write';

const HINTS: Readonly<Record<Doing, string> & Partial<Record<string, string>>> = {
  read: 'Check its name, and that it may be read.',
  write: 'Check that it may be written to. SPHEREFACE_LOADGEN_CACHE names another folder.',
  ENOSPC: 'The disk is full: make room and run the command again, it goes on where it stopped.',
  EDQUOT: 'Your quota is used up: make room and run the command again, it goes on where it stopped.',
};

/**
 * Runs what reads or writes a file or folder.
 *
 * @throws LoadGenError `FETCH_FILE` naming the path, in place of an error of the operating system; others as they are
 */
export async function onFile<T>(doing: Doing, path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (thrown) {
    const code = systemCodeOf(thrown);
    if (code === undefined) throw thrown;
    throw new LoadGenError('FETCH_FILE', `cannot ${doing} ${path}: ${messageOf(thrown)}`, {
      hint: HINTS[code] ?? HINTS[doing],
      cause: thrown,
      exitCode: doing === 'read' ? EXIT_CODE.usage : EXIT_CODE.internal,
    });
  }
}

/** `ENOENT` and the like; undefined for any error that is not the operating system's. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
