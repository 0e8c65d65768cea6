import { basename, join, relative, resolve, sep } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import { findLogFolders } from '../../runs/findLogFolders.js';
import type { UnpackedArchives } from '../../runs/unpackedArchives.js';
import type { Unreadable } from './results.js';

/** A round has 10,000 log folders and ten times as many others. */
const MAX_FOLDERS = 1_000_000;
/** That of an audit, in our trees and in published ones. */
const AUDIT_FOLDER = /^TEST\d+$/;

/** A folder with something to show, below one that was named. */
export interface FoundFolder {
  readonly folder: string;
  readonly named: string;
}

export interface FoundResults {
  readonly tests: readonly FoundFolder[];
  readonly duels: readonly FoundFolder[];
  readonly audits: number;
  readonly unreadable: readonly Unreadable[];
}

/**
 * Finds tests and duels below folders and in archives, each once. Contestants' runs belong to their duel.
 *
 * @throws REPORT_RUN_FOLDER, REPORT_NO_LOGS if none of the folders can be read or has any
 */
export async function findResults(named: readonly string[], archives: UnpackedArchives): Promise<FoundResults> {
  const tests = new Map<string, FoundFolder>();
  const duels = new Map<string, FoundFolder>();
  const unreadable: Unreadable[] = [];
  const faults: LoadGenError[] = [];
  for (const name of named) {
    const found = await findBelow(name, archives).catch(loadGenError);
    if (found instanceof LoadGenError) {
      faults.push(found);
      unreadable.push({ folder: shownFolder(name), reason: reasonOf(found) });
      continue;
    }
    const { root, folders, unreadable: notListed, isCut } = found;
    for (const { folder, reason } of notListed) unreadable.push({ folder: shownFolder(join(root, folder)), reason });
    if (isCut)
      unreadable.push({
        folder: shownFolder(root),
        reason: `more than ${MAX_FOLDERS} folders; the rest was not looked into`,
      });
    const add = (all: Map<string, FoundFolder>, below: string) => {
      const folder = join(root, below);
      const path = resolve(folder);
      if (!all.has(path)) all.set(path, { folder, named: root });
    };
    for (const duel of found.duels) add(duels, duel);
    for (const folder of folders) add(tests, folder);
  }
  const [first] = faults;
  if (first !== undefined && tests.size + duels.size === 0) throw first;
  const ofDuels = [...duels.keys()].map((duel) => duel + sep);
  const own = [...tests].filter(([path]) => !ofDuels.some((duel) => path.startsWith(duel)));
  const results = own.filter(([path]) => !path.split(sep).some((part) => AUDIT_FOLDER.test(part)));
  return {
    tests: results.map(([, test]) => test),
    duels: [...duels.values()],
    audits: own.length - results.length,
    unreadable,
  };
}

async function findBelow(name: string, archives: UnpackedArchives) {
  const root = await archives.folderOf(name);
  const found = await findLogFolders(root, MAX_FOLDERS);
  if (found.folders.length + found.duels.length > 0) return { ...found, root };
  throw new LoadGenError('REPORT_NO_LOGS', `${name} has no logs in it or below it, and no duel`, {
    hint: 'Name folders of runs, of duels or of submissions, or folders with some of them below.',
  });
}

/** What a fault of a folder is told as, beside results that could be read. */
export function reasonOf(fault: LoadGenError): string {
  return printable(`${fault.message} (${fault.code})`, 1000);
}

/** With slashes on every platform. */
export function shownFolder(folder: string): string {
  return printable(folder.replaceAll('\\', '/'), 500) || '.';
}

/** The part of a folder below the one that was named, or its own name. */
export function labelOf({ folder, named }: FoundFolder): string {
  const below = relative(named, folder);
  return shownFolder(below === '' || below.startsWith('..') ? basename(resolve(folder)) : below);
}

export function loadGenError(thrown: unknown): LoadGenError {
  if (thrown instanceof LoadGenError) return thrown;
  throw thrown;
}
