import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LoadGenError, messageOf } from '../base/errors.js';
import { DIVISIONS, type Division, isPermittedName } from './names.js';

/** Whose results these are: one system of one submitter in one division. A tree may hold several. */
export interface ResultLocation {
  readonly division: Division;
  readonly submitter: string;
  readonly system: string;
}

const MAX_ENTRIES = 100_000;
const MAX_DEPTH = 16;

export type TreeEntryKind = 'file' | 'folder' | 'other';

export interface TreeEntry {
  readonly kind: TreeEntryKind;
  readonly bytes: number;
}

/** Everything below a folder, by its path with slashes. Links are not followed: they are entries of kind "other". */
export async function listTree(root: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const entries = new Map<string, TreeEntry>();
  try {
    await listInto(entries, root, '', 0);
  } catch (thrown) {
    if (thrown instanceof LoadGenError) throw thrown;
    throw new LoadGenError('SUBMISSION_TREE', `cannot read the tree ${root}: ${messageOf(thrown)}`, {
      hint: 'Name a folder that "loadgen submission init" has made.',
      cause: thrown,
    });
  }
  return entries;
}

async function listInto(entries: Map<string, TreeEntry>, root: string, folder: string, depth: number): Promise<void> {
  const names = (await readdir(join(root, folder))).toSorted();
  if (entries.size + names.length > MAX_ENTRIES || depth > MAX_DEPTH) {
    const found = depth > MAX_DEPTH ? `folders ${depth} deep` : `more than ${MAX_ENTRIES} files and folders`;
    throw new LoadGenError('SUBMISSION_TREE', `${root} holds ${found}; expected a submission tree`);
  }
  for (const name of names) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const found = await lstat(join(root, path));
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
    entries.set(path, { kind, bytes: found.size });
    if (kind === 'folder') await listInto(entries, root, path, depth + 1);
  }
}

export const SUBMITTER_FOLDER = /^(?:closed|open)\/[^/]+$/;
export const SYSTEM_FILE = /^(closed|open)\/([^/]+)\/systems\/([^/]+)\.json$/;
export const MODEL_FOLDER = /^(closed|open)\/([^/]+)\/results\/([^/]+)\/([^/]+)$/;

/** The systems that the tree describes. */
export function listSystems(entries: ReadonlyMap<string, TreeEntry>): ResultLocation[] {
  return [...entries].flatMap(([path, { kind }]) => {
    const [, division, submitter, system] = SYSTEM_FILE.exec(path) ?? [];
    return kind === 'file' ? (parseLocation(division, submitter, system) ?? []) : [];
  });
}

/** Undefined unless all three are names that a tree may have. */
export function parseLocation(division?: string, submitter?: string, system?: string): ResultLocation | undefined {
  const known = DIVISIONS.find((name) => name === division);
  if (known === undefined || submitter === undefined || system === undefined) return undefined;
  return isPermittedName(submitter) && isPermittedName(system) ? { division: known, submitter, system } : undefined;
}

/** All paths are relative to the tree, with slashes. */
export function submitterFolder({ division, submitter }: Pick<ResultLocation, 'division' | 'submitter'>): string {
  return `${division}/${submitter}`;
}

export function systemFile(location: ResultLocation): string {
  return `${submitterFolder(location)}/systems/${location.system}.json`;
}

export function modelFolder(location: ResultLocation, model: string): string {
  return `${submitterFolder(location)}/results/${location.system}/${model}`;
}

/** @throws SUBMISSION_LINK if a folder on the way is a link: what is written below it would leave the tree */
export async function refuseLinks(tree: string, path: string): Promise<void> {
  const link = await findLink(tree, path);
  if (link === undefined) return;
  throw new LoadGenError('SUBMISSION_LINK', `${join(tree, link)} is a symbolic link; expected a folder or a file`, {
    hint: 'A submission holds no links: put what it points to in its place.',
  });
}

/** The first part of a path below `root` that is a link. */
export async function findLink(root: string, path: string): Promise<string | undefined> {
  const names = path.split('/');
  for (const end of names.keys()) {
    const part = names.slice(0, end + 1).join('/');
    if ((await lstat(join(root, part)).catch(() => undefined))?.isSymbolicLink()) return part;
  }
  return undefined;
}
