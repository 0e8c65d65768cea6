import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LoadGenError, messageOf } from '../base/errors.js';
import { DETAIL_LOG_NAME } from '../logs/detail/read.js';
import { placeOf } from '../platform/node/replaceFolder.js';
import { ADDING_SUFFIX, DUEL_JSON, MEASURING_SUFFIX } from './layout.js';

export interface LogFolders {
  /** Relative to the folder that was searched, sorted; `''` is that folder. */
  readonly folders: readonly string[];
  /** Folders of duels, likewise; they hold the runs of their contestants. */
  readonly duels: readonly string[];
  /** Those that could not be listed, and why. */
  readonly unreadable: readonly { readonly folder: string; readonly reason: string }[];
  /** Whether there were more folders than were looked into. */
  readonly isCut: boolean;
}

/**
 * Finds every folder with a detail log below `root`, itself included. Links are not followed.
 *
 * @throws REPORT_RUN_FOLDER if `root` cannot be listed
 */
export async function findLogFolders(root: string, maxFolders: number): Promise<LogFolders> {
  const folders: string[] = [];
  const duels: string[] = [];
  const unreadable: { folder: string; reason: string }[] = [];
  const pending = [''];
  let count = 0;
  for (let folder = pending.pop(); folder !== undefined && count < maxFolders; folder = pending.pop()) {
    count++;
    const entries = await list(root, folder);
    if ('reason' in entries) {
      unreadable.push({ folder, reason: entries.reason });
      continue;
    }
    const names = entries.map(({ name }) => name);
    if (names.includes(DETAIL_LOG_NAME)) folders.push(folder);
    if (names.includes(DUEL_JSON)) duels.push(folder);
    for (const entry of entries) {
      if (entry.isDirectory() && isWhole(entry.name, names)) pending.push(join(folder, entry.name));
    }
  }
  return { folders: folders.toSorted(), duels: duels.toSorted(), unreadable, isCut: pending.length > 0 };
}

/** Not one that is being made, or has been replaced. */
function isWhole(folder: string, names: readonly string[]): boolean {
  return (
    ![MEASURING_SUFFIX, ADDING_SUFFIX].some((suffix) => folder.endsWith(suffix)) && placeOf(folder, names) !== undefined
  );
}

async function list(root: string, folder: string) {
  try {
    return await readdir(join(root, folder), { withFileTypes: true });
  } catch (thrown) {
    if (folder !== '') return { reason: messageOf(thrown) };
    throw new LoadGenError('REPORT_RUN_FOLDER', `cannot read the folder ${root}: ${messageOf(thrown)}`, {
      hint: 'Name a folder with logs of runs below it.',
      cause: thrown,
    });
  }
}
