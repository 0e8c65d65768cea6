import { type Dirent, statSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { didYouMean } from '../../base/closestName.js';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { FOREIGN_CONTENT_BYTES, foreignContentOf } from '../../base/foreignContent.js';
import { readStart } from '../../platform/node/files.js';
import { DATASET_NAMES, SYNTHETIC_DATASET } from './datasetFolder.js';
import { imageKey, relativeImagePath } from './imageName.js';
import type { ImagePair } from './pairList.js';

/** Archives of data sets often hold a folder of their own name, in which there is another. */
const MAX_DEPTH = 3;
/** What unpacking on macOS leaves beside the folder itself. */
const IGNORED_FOLDER = /^(\.|__MACOSX$)/;

/**
 * The real path of a data set's folder.
 *
 * @param typed as the user has named it, which may be a mistyped name of a data set
 * @throws LoadGenError `QSL_DATASET` if there is no such folder
 */
export async function checkFolder(folder: string, typed = folder): Promise<string> {
  try {
    await readdir(folder);
    return await realpath(folder);
  } catch (thrown) {
    const foreign = foreignContentOf(await readStart(folder, FOREIGN_CONTENT_BYTES));
    if (foreign !== undefined) {
      const message = `${folder}: found ${foreign.name}, expected a folder of images`;
      throw new LoadGenError('QSL_DATASET', message, { hint: foreign.hint, cause: thrown });
    }
    const fault = `${messageOf(thrown)}${didYouMean(typed, DATASET_NAMES)}`;
    throw new LoadGenError('QSL_DATASET', `${folder}: cannot read the data set's folder: ${fault}`, {
      hint: `Give an existing folder of images, or "${SYNTHETIC_DATASET}" for the faces that come with the program.`,
      cause: thrown,
    });
  }
}

/**
 * The folder itself or the one below it in which paths of the pair list begin.
 *
 * @throws LoadGenError `QSL_DATASET` if there is none, or several
 */
export async function findImageFolder(folder: string, pairs: readonly ImagePair[]): Promise<string> {
  const paths = pairs.flatMap(({ a, b }) => [relativeImagePath(a), relativeImagePath(b)]);
  const beginnings = new Set(paths.map((path) => imageKey(path.split('/', 1).join())));
  let level = [folder];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const holders: string[] = [];
    const below: string[] = [];
    for (const path of level) {
      const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
      if (entries.some(({ name }) => beginnings.has(imageKey(name)))) holders.push(path);
      below.push(...entries.filter((entry) => isDatasetFolder(path, entry)).map(({ name }) => join(path, name)));
    }
    const [holder] = holders;
    if (holder !== undefined && holders.length === 1) return holder;
    if (holders.length > 1) throw layoutError(folder, `found images in ${holders.join(' and ')}`, paths);
    level = below;
  }
  throw layoutError(folder, 'found no images of the pair list', paths);
}

/** Whether an entry is a folder, or a link to one, in which images may be. */
export function isDatasetFolder(parent: string, entry: Dirent): boolean {
  if (IGNORED_FOLDER.test(entry.name)) return false;
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(join(parent, entry.name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function layoutError(folder: string, found: string, [firstPath = '']: readonly string[]): LoadGenError {
  const expected = `expected one folder holding them, such as with ${join(folder, firstPath)}`;
  return new LoadGenError('QSL_DATASET', `${folder}: ${found}, ${expected}`, {
    hint: 'Name the folder from which the paths of the pair list start, or the one above it.',
  });
}
