import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, writeError } from '../platform/node/files.js';

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
 * @throws LoadGenError `SUBMISSION_WRITE`
 */
export async function replaceFolders(tree: string, folders: readonly NewFolder[]): Promise<void> {
  const staged: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { path, files } of folders) {
      const to = join(tree, path);
      makeFolder(dirname(to));
      const from = await mkdtemp(join(dirname(to), '.adding-'));
      staged.push({ from, to });
      await writeFiles(join(from, 'new'), files);
    }
    for (const { from, to } of staged) await swap(from, to);
  } catch (thrown) {
    throw writeError('SUBMISSION_WRITE', `to the tree ${tree}`, thrown);
  } finally {
    for (const { from } of staged) await rm(from, { recursive: true, force: true });
  }
}

async function writeFiles(folder: string, files: NewFolder['files']): Promise<void> {
  for (const [name, content] of files) {
    const file = join(folder, name);
    makeFolder(dirname(file));
    if (typeof content === 'string' || Buffer.isBuffer(content)) await writeFile(file, content);
    else await copyFile(content.copyOf, file);
  }
}

async function swap(from: string, to: string): Promise<void> {
  const old = join(from, 'old');
  const isReplaced = existsSync(to);
  if (isReplaced) await rename(to, old);
  try {
    await rename(join(from, 'new'), to);
  } catch (thrown) {
    if (isReplaced) await rename(old, to);
    throw thrown;
  }
}
