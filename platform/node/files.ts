import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { lstat, open, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ERROR_CODES, ErrorCode, EXIT_CODE } from '../../base/errorCodes.js';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { hintOfMachine } from './systemErrors.js';

/** The codes whose exit code says that something failed, and not that the input was wrong: a full disk is one. */
export type FailureCode = {
  [Code in ErrorCode]: (typeof ERROR_CODES)[Code]['exitCode'] extends typeof EXIT_CODE.internal ? Code : never;
}[ErrorCode];

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
  return new LoadGenError(code, `cannot write ${what}: ${messageOf(thrown)}`, {
    hint: hintOfMachine(thrown) ?? hint,
    cause: thrown,
  });
}

/**
 * Makes a folder and those above it. Node.js's own way, `recursive`, never ends below a folder such as /proc, which is
 * there but takes no other.
 *
 * @returns the first folder that was made; undefined if all were there
 * @throws the operating system's error if it cannot be made
 */
export function makeFolder(folder: string): string | undefined {
  const missing: string[] = [];
  let path = resolve(folder);
  for (; !isFolder(path) && dirname(path) !== path; path = dirname(path)) missing.unshift(path);
  for (const each of missing) {
    try {
      mkdirSync(each);
    } catch (thrown) {
      // Another process may have made it meanwhile.
      if (!isFolder(each)) throw thrown;
    }
  }
  return missing[0];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A text, or why it is not read: nothing is opened that is a link, a special file or larger than the limit. */
export async function readBoundedText(file: string, maxBytes: number): Promise<{ text: string } | { fault: string }> {
  const found = await lstat(file).catch(() => undefined);
  if (found === undefined) return { fault: 'no such file' };
  if (!found.isFile()) return { fault: 'a link, a folder or a special file' };
  if (found.size > maxBytes) return { fault: `${found.size} bytes; at most ${maxBytes} are read` };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file)) };
  } catch (thrown) {
    return { fault: thrown instanceof TypeError ? 'bytes that are not UTF-8' : 'a file that cannot be read' };
  }
}

/** The first bytes of a file, at most so many; none if it cannot be read. */
export async function readStart(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await open(path).catch(() => undefined);
  try {
    const read = await file?.read(Buffer.alloc(maxBytes));
    return read?.buffer.subarray(0, read.bytesRead) ?? new Uint8Array();
  } catch {
    return new Uint8Array();
  } finally {
    await file?.close();
  }
}

/** The SHA-256 of bytes or of a text in UTF-8, in lower-case hexadecimal. */
export function sha256Of(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}
