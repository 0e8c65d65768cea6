import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { KEPT_AT_EACH_END_BYTES, SHORTENED_LOG_GAP } from '../logs/accuracy/shortened.js';

/** What a submission has in place of an accuracy log: both ends of it, and the digest of all of it. */
export interface TruncatedAccuracyLog {
  readonly content: Buffer;
  /** SHA-256 of the whole log. */
  readonly sha256: string;
}

export async function truncateAccuracyLog(file: string): Promise<TruncatedAccuracyLog> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const sha256 = hash.digest('hex');
  const { size } = await stat(file);
  const handle = await open(file);
  try {
    const read = async (position: number, length: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    };
    // The official script leaves alone what is shorter than one end.
    if (size < KEPT_AT_EACH_END_BYTES) return { content: await read(0, size), sha256 };
    const [start, end] = [
      await read(0, KEPT_AT_EACH_END_BYTES),
      await read(size - KEPT_AT_EACH_END_BYTES, KEPT_AT_EACH_END_BYTES),
    ];
    return { content: Buffer.concat([start, Buffer.from(SHORTENED_LOG_GAP), end]), sha256 };
  } finally {
    await handle.close();
  }
}

/** Whether these can be the bytes that stand for a log with this digest. */
export function isTruncated(content: Buffer, sha256: string): boolean {
  if (content.length < KEPT_AT_EACH_END_BYTES) return createHash('sha256').update(content).digest('hex') === sha256;
  const gap = content
    .subarray(KEPT_AT_EACH_END_BYTES, KEPT_AT_EACH_END_BYTES + SHORTENED_LOG_GAP.length)
    .toString('latin1');
  return content.length === 2 * KEPT_AT_EACH_END_BYTES + SHORTENED_LOG_GAP.length && gap === SHORTENED_LOG_GAP;
}

/** accuracy.txt with the line that names the whole log, as the official script appends it. */
export function withHashLine(accuracyText: string, sha256: string): string {
  return `${accuracyText}\nhash=${sha256}\n`;
}
