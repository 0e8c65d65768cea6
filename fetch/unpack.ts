import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry, UnpackSync } from 'tar';
import { LoadGenError, messageOf } from '../base/errors.js';
import { systemCodeOf } from '../platform/node/systemErrors.js';
import type { RemoteArchive } from './assets.js';
import { onFile } from './fileFailure.js';

export type ArchiveLimits = Pick<RemoteArchive, 'maxEntries' | 'maxUnpackedBytes'>;

/** What tar itself adds to a file: a header and padding, for entries with a long name twice more. */
const OVERHEAD_BYTES_PER_ENTRY = 4096;
const ENTRY_TYPES = new Set(['File', 'OldFile', 'Directory']);

/**
 * Unpacks a gzipped tar archive into a folder. All of it is read and checked first: nothing is written if an entry is
 * no plain file or folder, would leave the folder, or if there are more or larger ones than allowed. What fails later (a
 * full disk, an abort) leaves a part in the folder, for the caller to remove.
 *
 * @throws LoadGenError `FETCH_ARCHIVE` naming the entry, `FETCH_WRITE`; the signal's reason
 */
export async function unpackArchive(
  archivePath: string,
  folder: string,
  limits: ArchiveLimits,
  signal?: AbortSignal,
): Promise<void> {
  await checkArchive(archivePath, limits, signal);
  const sizes = new Map<string, number>();
  // One that writes later goes on doing so after an abort, while the caller removes the folder.
  const unpack = new UnpackSync({
    cwd: folder,
    strict: true,
    preserveOwner: false,
    // Folders and files as the user makes them (umask applies), whatever modes the archive gives them.
    onReadEntry: (entry) => {
      entry.mode = entry.type === 'Directory' ? 0o777 : 0o666;
      if (entry.type !== 'Directory') sizes.set(join(folder, entry.path), entry.size);
    },
  });
  await onFile('write', folder, () => feed(contentOf(archivePath, limits, signal), unpack));
  await onFile('read', folder, () => checkSizes(sizes));
}

/** The unpacker takes a write that the disk cut short for done. */
async function checkSizes(sizes: ReadonlyMap<string, number>): Promise<void> {
  for (const [path, expected] of sizes) {
    const { size: found } = await stat(path);
    if (found === expected) continue;
    throw new LoadGenError('FETCH_WRITE', `cannot write ${path}: found ${found} bytes in it, expected ${expected}`, {
      hint: 'The disk is full, or files may not become that large here (ulimit -f).',
    });
  }
}

async function checkArchive(path: string, limits: ArchiveLimits, signal: AbortSignal | undefined): Promise<void> {
  const check = entryCheck(path, limits);
  // What is ignored is reported at once and not kept; that includes entries of a type unknown to the parser.
  const parser = new Parser({ strict: true, filter: () => false });
  parser.on('ignoredEntry', check.entry);
  try {
    await feed(contentOf(path, limits, signal), parser);
  } catch (thrown) {
    signal?.throwIfAborted();
    if (thrown instanceof LoadGenError || systemCodeOf(thrown) !== undefined) throw thrown;
    throw archiveError(path, messageOf(thrown), thrown);
  }
  check.end();
}

/** To the parser's end. It is no stream to `pipeline`, which waits for ever for the end of one that reads in one go. */
async function feed(chunks: AsyncIterable<Buffer>, parser: Parser): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => parser.on('close', resolve).on('error', reject));
  // Its rejection is looked at below, and may come before.
  ended.catch(() => undefined);
  for await (const chunk of chunks) {
    if (!parser.write(chunk)) await Promise.race([once(parser, 'drain'), ended]);
  }
  parser.end();
  await ended;
}

/** The tar archive inside, no longer than its limits allow. */
async function* contentOf(
  path: string,
  { maxEntries, maxUnpackedBytes }: ArchiveLimits,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const maxBytes = maxUnpackedBytes + maxEntries * OVERHEAD_BYTES_PER_ENTRY;
  let bytes = 0;
  const source = createReadStream(path);
  const gunzip = source.pipe(createGunzip());
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of gunzip) {
      signal?.throwIfAborted();
      bytes += chunk.length;
      if (bytes > maxBytes) throw archiveError(path, `unpacks to more than ${maxBytes} bytes`);
      yield chunk;
    }
  } finally {
    source.destroy();
  }
}

function entryCheck(archivePath: string, { maxEntries, maxUnpackedBytes }: ArchiveLimits) {
  let [entries, files, bytes] = [0, 0, 0];
  return {
    entry: ({ path, type, size }: ReadEntry): void => {
      const fault = (text: string) => archiveError(archivePath, `entry "${path}" ${text}`);
      entries++;
      bytes += size;
      if (!ENTRY_TYPES.has(type)) throw fault(`is a ${type}, expected files and folders only`);
      if (!staysInside(path)) throw fault('leads out of its folder');
      if (entries > maxEntries) throw fault(`is number ${entries}, expected at most ${maxEntries}`);
      if (bytes > maxUnpackedBytes) {
        throw fault(`of ${size} bytes brings all to ${bytes}, expected at most ${maxUnpackedBytes}`);
      }
      if (type !== 'Directory') files++;
    },
    end: (): void => {
      if (files === 0) throw archiveError(archivePath, 'found no file in it');
    },
  };
}

/** Also on Windows, where a backslash parts names and a colon ends that of a drive. */
function staysInside(path: string): boolean {
  return !/[\\:\0]/.test(path) && !path.startsWith('/') && !path.split('/').includes('..');
}

function archiveError(path: string, fault: string, cause?: unknown): LoadGenError {
  return new LoadGenError('FETCH_ARCHIVE', `${path}: ${fault}; nothing of it was unpacked`, {
    cause,
  });
}
