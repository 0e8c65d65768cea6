import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { defaultCacheFolder } from '../../base/cacheFolder.js';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { datasetFolder, SYNTHETIC_DATASET } from './datasetFolder.js';
import { type ImagePair, parsePairs } from './pairs.js';
import { type PairSelection, selectPairs } from './selectPairs.js';

const MAX_PAIRS_FILE_BYTES = 64 * 1024 * 1024;

export interface DatasetOptions extends PairSelection {
  /** `synthetic`, a data set that was fetched, or a folder with LFW's images in it or in one of its sub-folders. */
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
  /** Holds one folder of images a person. */
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
  const folders = await subfolders(folder);
  const pairsFile = options.pairsFile === undefined ? join(folder, 'pairs.txt') : resolve(options.pairsFile);
  const pairs = selectPairs(parsePairs(await readPairsFile(pairsFile), pairsFile), options);
  const imageFolder = await findImageFolder(folder, folders, pairs);
  const name = options.dataset === SYNTHETIC_DATASET ? SYNTHETIC_DATASET : basename(imageFolder);
  return { name, imageFolder, pairs };
}

async function readPairsFile(path: string): Promise<Uint8Array> {
  const hint = "Put LFW's pairs.txt there, or say where the pair list is.";
  try {
    const { size } = await stat(path);
    if (size <= MAX_PAIRS_FILE_BYTES) return await readFile(path);
    throw new Error(`found ${size} bytes, expected at most ${MAX_PAIRS_FILE_BYTES}`);
  } catch (cause) {
    throw new LoadGenError('QSL_PAIRS_FILE', `${path}: cannot read the pair list: ${messageOf(cause)}`, {
      hint,
      cause,
    });
  }
}

/** The folder itself or the one of its sub-folders that has a folder for a name in the pair list. */
async function findImageFolder(
  folder: string,
  folders: readonly string[],
  pairs: readonly ImagePair[],
): Promise<string> {
  const names = new Set(pairs.flatMap(({ a, b }) => [a.name, b.name]));
  if (folders.some((name) => names.has(name))) return folder;
  const holders: string[] = [];
  for (const path of folders.map((name) => join(folder, name))) {
    if ((await subfolders(path)).some((name) => names.has(name))) holders.push(path);
  }
  const [holder] = holders;
  if (holder !== undefined && holders.length === 1) return holder;
  const [name = ''] = names;
  const found = holders.length === 0 ? 'found no folder of images' : `found images in ${holders.join(' and ')}`;
  const expected = `expected one folder holding those of the pair list, such as ${join(folder, name)}`;
  throw new LoadGenError('QSL_DATASET', `${folder}: ${found}, ${expected}`, {
    hint: 'Name the folder that holds one folder of images a person, and the pair list beside it.',
  });
}

/** The names of the folders, and links to folders, in a folder. */
async function subfolders(folder: string): Promise<string[]> {
  try {
    const names: string[] = [];
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const isLink = entry.isSymbolicLink();
      if (entry.isDirectory() || (isLink && (await leadsToFolder(join(folder, entry.name))))) names.push(entry.name);
    }
    return names;
  } catch (cause) {
    throw new LoadGenError('QSL_DATASET', `${folder}: cannot read the data set's folder: ${messageOf(cause)}`, {
      hint: `Give an existing folder with LFW in it, or "${SYNTHETIC_DATASET}" for the faces that come with the program.`,
      cause,
    });
  }
}

async function leadsToFolder(link: string): Promise<boolean> {
  return stat(link).then(
    (target) => target.isDirectory(),
    () => false,
  );
}
