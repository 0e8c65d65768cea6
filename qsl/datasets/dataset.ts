import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { defaultCacheFolder } from '../../platform/node/cacheFolder.js';
import { datasetFolder, SYNTHETIC_DATASET } from './datasetFolder.js';
import { relativeImagePath } from './imageName.js';
import type { ImagePair } from './pairList.js';
import { parsePairs } from './pairs.js';
import { type PairSelection, selectPairs } from './selectPairs.js';

const MAX_PAIRS_FILE_BYTES = 64 * 1024 * 1024;

export interface DatasetOptions extends PairSelection {
  /** `synthetic`, a data set that was fetched, or a folder with the images in it or in one of its sub-folders. */
  readonly dataset: string;
  /** The pair list; without it `pairs.txt` in the data set's folder. */
  readonly pairsFile?: string | undefined;
  /** Where MTCNN, aligned faces and fetched data sets are kept; without it the user's cache folder. */
  readonly cacheFolder?: string | undefined;
}

/** Images on disk and the pairs to be made of them. Nothing has been read of the images yet. */
export interface Dataset {
  /** For logs: `synthetic`, or the name of the folder that holds the images. */
  readonly name: string;
  /** What the images' paths start from. */
  readonly imageFolder: string;
  readonly pairs: readonly ImagePair[];
}

/**
 * Finds a data set and reads its pair list.
 *
 * @throws LoadGenError `QSL_NOT_FETCHED`, `QSL_DATASET` (no such folder, or no images in it), `QSL_PAIRS_FILE` (cannot
 *   be read), `QSL_PAIRS_FORMAT`, `QSL_SELECTION`
 */
export async function findDataset(options: DatasetOptions): Promise<Dataset> {
  const folder = datasetFolder(options.dataset, options.cacheFolder ?? defaultCacheFolder());
  const entries = await entriesOf(folder);
  const pairsFile = options.pairsFile === undefined ? join(folder, 'pairs.txt') : resolve(options.pairsFile);
  const pairs = selectPairs(parsePairs(await readPairsFile(pairsFile), pairsFile), options);
  const imageFolder = await findImageFolder(folder, entries, pairs);
  const name = options.dataset === SYNTHETIC_DATASET ? SYNTHETIC_DATASET : basename(imageFolder);
  return { name, imageFolder, pairs };
}

async function readPairsFile(path: string): Promise<Uint8Array> {
  const hint = "Put LFW's pairs.txt there, or say where the pair list is.";
  try {
    const { size } = await stat(path);
    if (size <= MAX_PAIRS_FILE_BYTES) return await readFile(path);
    throw new Error(`found ${size} bytes, expected at most ${MAX_PAIRS_FILE_BYTES}`);
  } catch (thrown) {
    throw new LoadGenError('QSL_PAIRS_FILE', `${path}: cannot read the pair list: ${messageOf(thrown)}`, {
      hint,
      cause: thrown,
    });
  }
}

/** The folder itself or the one of its sub-folders in which paths of the pair list begin. */
async function findImageFolder(
  folder: string,
  entries: readonly string[],
  pairs: readonly ImagePair[],
): Promise<string> {
  const paths = pairs.flatMap(({ a, b }) => [relativeImagePath(a), relativeImagePath(b)]);
  const beginnings = new Set(paths.map((path) => path.split('/', 1)[0]));
  if (entries.some((name) => beginnings.has(name))) return folder;
  const holders: string[] = [];
  for (const path of entries.map((name) => join(folder, name))) {
    if (!(await isFolder(path))) continue;
    if ((await entriesOf(path)).some((name) => beginnings.has(name))) holders.push(path);
  }
  const [holder] = holders;
  if (holder !== undefined && holders.length === 1) return holder;
  const found = holders.length === 0 ? 'found no images of the pair list' : `found images in ${holders.join(' and ')}`;
  const expected = `expected one folder holding them, such as with ${join(folder, paths[0] ?? '')}`;
  throw new LoadGenError('QSL_DATASET', `${folder}: ${found}, ${expected}`, {
    hint: 'Name the folder from which the paths of the pair list start, or the one above it.',
  });
}

/** The names of what is in a folder. */
async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    throw new LoadGenError('QSL_DATASET', `${folder}: cannot read the data set's folder: ${messageOf(thrown)}`, {
      hint: `Give an existing folder of images, or "${SYNTHETIC_DATASET}" for the faces that come with the program.`,
      cause: thrown,
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
