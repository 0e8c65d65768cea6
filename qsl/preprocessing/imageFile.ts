import { readFile, stat } from 'node:fs/promises';
import { messageOf } from '../../base/errors.js';
import { sha256Of } from '../../platform/node/files.js';
import type { Fault } from '../faults.js';

const MAX_FILE_BYTES = 32 * 1024 * 1024;

type ImageFile = { readonly bytes: Uint8Array; readonly sha256: string } | { readonly fault: Fault };

/** Reads an image file with the digest of its bytes. Never rejects: what is wrong with the file is a fault. */
export async function readImageFile(path: string): Promise<ImageFile> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_BYTES) throw new Error(`found ${size} bytes, expected at most ${MAX_FILE_BYTES}`);
    const bytes = await readFile(path);
    return { bytes, sha256: sha256Of(bytes) };
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') {
      return { fault: { code: 'QSL_IMAGE_MISSING', message: `${path}: found no file, expected an image` } };
    }
    return { fault: { code: 'QSL_IMAGE_UNREADABLE', message: `${path}: cannot read the image: ${messageOf(thrown)}` } };
  }
}
