/** Files that are there whole or not at all. Each is named on standard output. */

import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import writeFileAtomic from 'write-file-atomic';
import { LoadGenError } from '../base/errors.js';
import { writeError, writing } from '../platform/node/files.js';

export async function exportText(file: string, text: string): Promise<void> {
  await writing('EXPORT_WRITE', file, () => writeFileAtomic(file, text));
  console.log(file);
}

/** For what is too long to be held in memory. Throws what `chunks` throws, and the signal's reason when aborted. */
export async function exportChunks(file: string, chunks: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await pipeline(chunks, createWriteStream(part), { signal });
    await rename(part, file);
  } catch (thrown) {
    await rm(part, { force: true });
    signal.throwIfAborted();
    throw thrown instanceof LoadGenError ? thrown : writeError('EXPORT_WRITE', file, thrown);
  }
  console.log(file);
}
