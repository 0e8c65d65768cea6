import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { onFile } from './fileFailure.js';

export interface Digest {
  /** `git-blob-sha1` is the name that git gives a file: the SHA-1 of `blob`, its size, a zero byte and its content. */
  readonly algorithm: 'sha256' | 'git-blob-sha1';
  /** Lower-case hexadecimal. */
  readonly hex: string;
}

/**
 * The digest of a file, read as a stream.
 *
 * @throws LoadGenError `FETCH_FILE` if the file cannot be read; the signal's reason
 */
export async function digestOfFile(
  path: string,
  algorithm: Digest['algorithm'],
  signal?: AbortSignal,
): Promise<Digest> {
  return onFile('read', path, async () => {
    const hash = createHash(algorithm === 'sha256' ? 'sha256' : 'sha1');
    if (algorithm === 'git-blob-sha1') hash.update(`blob ${(await stat(path)).size}\0`);
    for await (const chunk of createReadStream(path)) {
      signal?.throwIfAborted();
      hash.update(chunk);
    }
    return { algorithm, hex: hash.digest('hex') };
  });
}

/** False also for a file that cannot be read. Rejects with the signal's reason. */
export async function hasDigest(path: string, { algorithm, hex }: Digest, signal?: AbortSignal): Promise<boolean> {
  const found = await digestOfFile(path, algorithm, signal).catch(() => undefined);
  signal?.throwIfAborted();
  return found?.hex === hex;
}

/** `SHA-256 055f…`, for messages. */
export function digestText({ algorithm, hex }: Digest): string {
  return `${algorithm === 'sha256' ? 'SHA-256' : 'git blob SHA-1'} ${hex}`;
}
