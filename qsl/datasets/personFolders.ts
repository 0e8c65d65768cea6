import { type Dirent, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { checkFolder, isDatasetFolder } from './findImageFolder.js';
import { isImagePath, isInnerPath } from './imageName.js';
import { withoutCopies } from './withoutCopies.js';

/** Archives of data sets often hold a folder of their own name, in which there is another. */
const MAX_WRAPPERS = 3;

export interface Persons {
  /** The images of each person, as paths below the folder, with `/`; in the same order on every machine. */
  readonly images: readonly (readonly string[])[];
  /** Sentences for the user: what was left out. */
  readonly notes: readonly string[];
}

/**
 * The images of persons that have a folder each. The images lie in these folders themselves; a folder that holds nothing
 * but the folder of all persons is gone into.
 *
 * @throws LoadGenError `QSL_DATASET` if there is no such folder, or no images in folders of it
 */
export async function findPersons(folder: string): Promise<Persons> {
  await checkFolder(folder);
  const start = await personsFolder(folder);
  const { folders, files } = await listFolder(join(folder, start));
  const images: string[][] = [];
  const others = new Set<string>();
  let unnamed = 0;
  for (const name of folders) {
    const person = await listFolder(join(folder, start, name));
    for (const inner of person.folders) others.add(`${name}/${inner}`);
    const paths = uniquePaths(person.files.map((file) => `${start}${name}/${file}`));
    unnamed += person.files.length - paths.length;
    if (paths.length > 0) images.push(paths);
  }
  if (images.length === 0) {
    throw new LoadGenError('QSL_DATASET', `${folder}: found no images in its folders, expected a folder each person`, {
      hint: 'Name the folder that holds one folder with JPEG or PNG files for each person.',
    });
  }
  const distinct = await withoutCopies(folder, images);
  const notes = [
    ...distinct.notes,
    ...noteOf(files.length, 'image lies', 'images lie', `beside the folders of persons, such as ${files[0]}`),
    ...noteOf(others.size, 'folder lies', 'folders lie', `inside those of persons, such as ${[...others][0]}`),
    ...noteOf(unnamed, 'image has a name', 'images have names', 'that a pair list cannot hold'),
  ];
  return { images: distinct.images, notes: notes.map((note) => `${note}; left out`) };
}

/** The way to the folder that holds those of persons: empty, or names with `/` after each. */
async function personsFolder(folder: string): Promise<string> {
  let path = '';
  for (let depth = 0; depth < MAX_WRAPPERS; depth++) {
    const { folders, files } = await listFolder(join(folder, path));
    const [only] = folders;
    if (only === undefined || folders.length > 1 || files.length > 0) return path;
    const inner = await listFolder(join(folder, path, only));
    if (inner.folders.length === 0 || inner.files.length > 0) return path;
    path = `${path}${only}/`;
  }
  return path;
}

/** The folders and images of a folder, in the order of their code units. */
async function listFolder(path: string): Promise<{ folders: readonly string[]; files: readonly string[] }> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => isDatasetFolder(path, entry)).map(({ name }) => name);
  const files = entries.filter((entry) => isImageFile(path, entry)).map(({ name }) => name);
  return { folders: folders.sort(), files: files.sort() };
}

/** What starts with a dot is hidden: macOS leaves `._NAME.jpg` on other file systems. */
function isImageFile(folder: string, entry: Dirent): boolean {
  if (entry.name.startsWith('.') || !isImagePath(entry.name)) return false;
  if (!entry.isSymbolicLink()) return entry.isFile();
  return statSync(join(folder, entry.name), { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Those that a pair list can name, one of those that differ only in Unicode form. */
function uniquePaths(paths: readonly string[]): string[] {
  const byComposed = new Map(paths.filter(isInnerPath).map((path) => [path.normalize('NFC'), path]));
  return [...byComposed.values()];
}

function noteOf(count: number, one: string, several: string, where: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : several} ${where}`];
}
