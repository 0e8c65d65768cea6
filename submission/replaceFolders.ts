import { copyFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, writeError } from '../platform/node/files.js';
import { recoverFolder, removeFolder, replaceFolder } from '../platform/node/replaceFolder.js';
import { ADDING_SUFFIX } from '../runs/layout.js';

/** A file's content, or where to copy it from. */
export type NewFile = Buffer | string | { readonly copyOf: string };

export interface NewFolder {
  /** Relative to the tree. */
  readonly path: string;
  /** By their path below the folder. */
  readonly files: ReadonlyMap<string, NewFile>;
}

/**
 * Puts folders with these files in place of what was there: all are written before the first takes its place, and each
 * is there as it was or as it is to be.
 *
 * @param siblings names of folders beside them, from which what a killed call has left is removed
 * @throws LoadGenError `SUBMISSION_WRITE`; the signal's reason, with all as it was
 */
export async function replaceFolders(
  tree: string,
  folders: readonly NewFolder[],
  siblings: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const places = folders.map(({ path, files }) => ({ place: join(tree, path), files }));
  try {
    for (const { place } of places) for (const name of siblings) recover(join(dirname(place), name));
    for (const { place, files } of places) await writeFiles(place + ADDING_SUFFIX, files, signal);
    signal?.throwIfAborted();
    for (const { place } of places) replaceFolder(place, place + ADDING_SUFFIX);
  } catch (thrown) {
    // What cannot be removed either is so by the next call, or a finding.
    for (const { place } of places) await rm(place + ADDING_SUFFIX, { recursive: true }).catch(() => undefined);
    signal?.throwIfAborted();
    throw writeError('SUBMISSION_WRITE', `to the tree ${tree}`, thrown);
  }
}

function recover(place: string): void {
  removeFolder(place + ADDING_SUFFIX);
  recoverFolder(place);
}

async function writeFiles(folder: string, files: NewFolder['files'], signal: AbortSignal | undefined): Promise<void> {
  for (const [name, content] of files) {
    signal?.throwIfAborted();
    const file = join(folder, name);
    makeFolder(dirname(file));
    if (typeof content === 'string' || Buffer.isBuffer(content)) await writeFile(file, content);
    else await copyFile(content.copyOf, file);
  }
}
