/**
 * Files that are there whole or not at all: written beside their place, synchronized, moved onto it. A disk that takes
 * only the beginning of a write says nothing; Node.js's `writeFile` writes the rest, or fails, where its `write` does not.
 */

import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { systemCodeOf } from './systemErrors.js';

const OWNER_WRITES = 0o200;

export type FileContent = string | Uint8Array;

/**
 * Writes a file in place of the one that may be there, whose mode and owner stay. Behind a link, it is the link's file; a
 * device or pipe is written to. A failure leaves all as it was.
 *
 * @param content text is written in UTF-8; chunks are written as they come
 * @throws the operating system's error; what the chunks throw; an AbortError once the signal is aborted
 */
export async function writeWhole(
  path: string,
  content: FileContent | AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  const options = signal === undefined ? {} : { signal };
  const place = placeOf(path);
  if (place.isStream) return writeFile(place.file, content, options);
  const removePart = () => rmSync(place.part, { force: true });
  // Where the process is ended meanwhile.
  process.once('exit', removePart);
  try {
    // Made before this function returns: opening that is under way at an exit would make it once more.
    closeSync(openSync(place.part, 'wx', place.mode));
    const part = await open(place.part, 'r+');
    try {
      await writeFile(part, content, options);
      await part.sync();
    } finally {
      await part.close();
    }
    takePlace(place);
  } catch (thrown) {
    removePart();
    throw thrown;
  } finally {
    process.off('exit', removePart);
  }
}

/** As `writeWhole`, before it returns. */
export function writeWholeSync(path: string, content: FileContent): void {
  const place = placeOf(path);
  if (place.isStream) {
    writeFileSync(place.file, content);
    return;
  }
  try {
    const part = openSync(place.part, 'wx', place.mode);
    try {
      writeFileSync(part, content);
      fsyncSync(part);
    } finally {
      closeSync(part);
    }
    takePlace(place);
  } catch (thrown) {
    rmSync(place.part, { force: true });
    throw thrown;
  }
}

interface Place {
  readonly file: string;
  /** What is there before. */
  readonly old: Stats | undefined;
  /** A device or pipe: nothing may take its place. */
  readonly isStream: boolean;
  /** Of the part: who may not read the file may not read it either. */
  readonly mode: number | undefined;
  /** Where it is written: beside the file, so that it can be moved. */
  readonly part: string;
}

function placeOf(path: string): Place {
  const old = statSync(path, { throwIfNoEntry: false });
  const isStream = old !== undefined && !old.isFile() && !old.isDirectory();
  const file = old === undefined || isStream ? path : realpathSync(path);
  const mode = old === undefined ? undefined : old.mode | OWNER_WRITES;
  return { file, old, isStream, mode, part: `${file}.${randomBytes(6).toString('hex')}.part` };
}

function takePlace({ file, old, part }: Place): void {
  if (old?.isFile()) {
    permitted(() => chownSync(part, old.uid, old.gid));
    permitted(() => chmodSync(part, old.mode));
  }
  renameSync(part, file);
}

/** Not every user may give files away, and not every file system knows owners. */
function permitted(action: () => void): void {
  try {
    action();
  } catch (thrown) {
    if (!['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP'].includes(systemCodeOf(thrown) ?? '')) throw thrown;
  }
}
