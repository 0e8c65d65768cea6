import { readFile, stat } from 'node:fs/promises';
import { LoadGenError, messageOf } from '../base/errors.js';
import { sha256Of } from '../platform/node/files.js';

const MAX_FILE_BYTES = 1 << 30;

/**
 * The content of a model's file, at most 1 GiB.
 *
 * @throws MODEL_READ if it cannot be read
 * @throws MODEL_DIGEST if `sha256` (in hexadecimal) is given and is not the content's
 */
export async function readModelFile(file: string, sha256?: string): Promise<Uint8Array> {
  const content = await readBounded(file);
  if (sha256 === undefined) return content;
  const found = sha256Of(content);
  if (found === sha256) return content;
  throw new LoadGenError('MODEL_DIGEST', `${file} has the SHA-256 ${found}, expected ${sha256}`, {
    hint: 'The weights that come with this project were changed or damaged: install the package or clone the repository again.',
  });
}

async function readBounded(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size <= MAX_FILE_BYTES) return await readFile(file);
    throw new LoadGenError('MODEL_READ', `${file} has ${size} bytes, expected at most ${MAX_FILE_BYTES}`);
  } catch (thrown) {
    if (thrown instanceof LoadGenError) throw thrown;
    throw new LoadGenError('MODEL_READ', `the model ${file} cannot be read: ${messageOf(thrown)}`, { cause: thrown });
  }
}
