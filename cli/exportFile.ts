/** Files of a run for other programs. Each is named on standard output. */

import { LoadGenError } from '../base/errors.js';
import { writeError } from '../platform/node/files.js';
import { writeWhole } from '../platform/node/wholeFile.js';

/** Throws what the content throws, and the signal's reason when aborted. */
export async function exportFile(
  file: string,
  content: string | AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await writeWhole(file, content, signal);
  } catch (thrown) {
    signal?.throwIfAborted();
    throw thrown instanceof LoadGenError ? thrown : writeError('EXPORT_WRITE', file, thrown);
  }
  console.log(file);
}
