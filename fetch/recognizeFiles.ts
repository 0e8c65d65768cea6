import { LoadGenError } from '../base/errors.js';
import type { RemoteFile } from './assets.js';
import { digestOfFile, digestText } from './digest.js';

/**
 * The paths of files that a person got by other means, by the digest each has among those wanted. Their names do not
 * matter.
 *
 * @throws LoadGenError `FETCH_FROM` for a file that is none of those wanted, `FETCH_FILE`; the signal's reason
 */
export async function recognizeFiles(
  paths: readonly string[],
  wanted: readonly RemoteFile[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const given = new Map<string, string>();
  const algorithms = new Set(wanted.map(({ digest }) => digest.algorithm));
  for (const path of paths) {
    const digests = await Promise.all([...algorithms].map((algorithm) => digestOfFile(path, algorithm, signal)));
    const digest = digests.find(({ hex }) => wanted.some((file) => file.digest.hex === hex));
    if (digest === undefined) {
      const expected = new Set(wanted.map((file) => `${digestText(file.digest)} (${file.fileName})`));
      throw new LoadGenError(
        'FETCH_FROM',
        `${path}: found ${digests.map(digestText).join(', ')}, expected ${[...expected].join(' or ')}`,
        { hint: 'The file is another one, or damaged: get it again.' },
      );
    }
    given.set(digest.hex, path);
  }
  return given;
}
