import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readImageFile } from '../preprocessing/imageFile.js';
import type { StoredImage } from './faceStore.js';
import type { FileStamp } from './manifest.js';

/** Undefined if there is no such file. One call takes microseconds; asynchronous ones would take ten times as long. */
export function stampOf(path: string): FileStamp | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && { size: stats.size, modifiedMs: stats.mtimeMs, changedMs: stats.ctimeMs };
}

/**
 * Those of the images whose files are what they were, by path: by their stamp or, where that differs, by the digest of
 * their bytes; they then have the new stamp.
 *
 * @param verify looks at the bytes of all
 */
export async function takeUnchanged(
  images: readonly StoredImage[],
  imageFolder: string,
  verify: boolean,
  signal?: AbortSignal,
): Promise<Map<string, StoredImage>> {
  const unchanged = new Map<string, StoredImage>();
  for (const image of images) {
    signal?.throwIfAborted();
    const file = join(imageFolder, image.path);
    const stamp = stampOf(file);
    const isSame = stamp !== undefined && areEqual(stamp, image.stamp);
    if (isSame && !verify) unchanged.set(image.path, image);
    else if (await hasDigest(file, image.outcome.sha256)) {
      unchanged.set(image.path, isSame ? image : { ...image, stamp });
    }
  }
  return unchanged;
}

function areEqual(a: FileStamp, b: FileStamp | undefined): boolean {
  return a.size === b?.size && a.modifiedMs === b.modifiedMs && a.changedMs === b.changedMs;
}

/** @param expected null for a file that cannot be read */
async function hasDigest(path: string, expected: string | null): Promise<boolean> {
  const file = await readImageFile(path);
  return ('fault' in file ? null : file.sha256) === expected;
}
