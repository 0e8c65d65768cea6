import type { ERROR_CODES, ErrorCode, EXIT_CODE } from '../../base/errorCodes.js';
import { LoadGenError, messageOf } from '../../base/errors.js';

/** The codes whose exit code says that something failed, and not that the input was wrong: a full disk is one. */
export type FailureCode = {
  [Code in ErrorCode]: (typeof ERROR_CODES)[Code]['exitCode'] extends typeof EXIT_CODE.internal ? Code : never;
}[ErrorCode];

const HINT_OF_SYSTEM_CODE: Partial<Record<string, string>> = {
  ENOSPC: 'The disk is full: make room, then run the command again.',
  EDQUOT: 'Your quota is used up: make room, then run the command again.',
};
const DEFAULT_HINT = 'Check that it may be written to, or name another place.';

/**
 * Runs what writes a file or folder.
 *
 * @param what follows "cannot write" in the message: the path, or what is written with it
 * @throws the code, in place of whatever `action` throws
 */
export async function writing<T>(
  code: FailureCode,
  what: string,
  action: () => Promise<T>,
  hint = DEFAULT_HINT,
): Promise<T> {
  try {
    return await action();
  } catch (thrown) {
    throw writeError(code, what, thrown, hint);
  }
}

/** The error for what was thrown while a file or folder was written. */
export function writeError(code: FailureCode, what: string, thrown: unknown, hint = DEFAULT_HINT): LoadGenError {
  const systemCode = systemCodeOf(thrown) ?? '';
  return new LoadGenError(code, `cannot write ${what}: ${messageOf(thrown)}`, {
    hint: HINT_OF_SYSTEM_CODE[systemCode] ?? hint,
    cause: thrown,
  });
}

/** `ENOENT` and the like; undefined for any error that is not the operating system's. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
