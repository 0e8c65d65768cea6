import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { defaultCacheFolder } from '../../platform/node/cacheFolder.js';
import { datasetFolder, SYNTHETIC_DATASET } from './datasetFolder.js';
import { checkFolder, findImageFolder } from './findImageFolder.js';
import { locateImages } from './locateImages.js';
import type { ImagePair } from './pairList.js';
import { parsePairs } from './pairs.js';
import { type PairSelection, selectPairs } from './selectPairs.js';

const MAX_PAIRS_FILE_BYTES = 64 * 1024 * 1024;
const PAIRS_FILE_NAMES = ['pairs.txt', 'pairs.csv'];

export interface DatasetOptions extends PairSelection {
  /** `synthetic`, a data set that was fetched, or a folder with the images in it or in one of its sub-folders. */
  readonly dataset: string;
  /** The pair list; without it `pairs.txt` or `pairs.csv` in the data set's folder or beside it. */
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
  /** Sentences for the user: what was read otherwise than the pair list says. */
  readonly notes: readonly string[];
}

/**
 * Finds a data set and reads its pair list.
 *
 * @throws LoadGenError `QSL_NOT_FETCHED`, `QSL_DATASET` (no such folder, or no images in it), `QSL_PAIRS_FILE` (cannot
 *   be read), `QSL_PAIRS_FORMAT`, `QSL_SELECTION`
 */
export async function findDataset(options: DatasetOptions): Promise<Dataset> {
  const folder = datasetFolder(options.dataset, options.cacheFolder ?? defaultCacheFolder());
  const realFolder = await checkFolder(folder, options.dataset);
  const pairsFile = options.pairsFile === undefined ? pairsFileOf(folder) : resolve(options.pairsFile);
  const list = parsePairs(await readPairsFile(pairsFile), pairsFile, [folder, realFolder]);
  const selected = selectPairs(list, options);
  const imageFolder = await findImageFolder(folder, selected);
  const name = options.dataset === SYNTHETIC_DATASET ? SYNTHETIC_DATASET : basename(imageFolder);
  return { name, imageFolder, ...locateImages(imageFolder, selected) };
}

/** In the folder or beside it; where there is none, the path that is expected. */
function pairsFileOf(folder: string): string {
  const places = [folder, dirname(folder)].flatMap((place) => PAIRS_FILE_NAMES.map((name) => join(place, name)));
  return places.find((path) => existsSync(path)) ?? join(folder, 'pairs.txt');
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
