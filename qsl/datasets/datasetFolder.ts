import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoadGenError } from '../../base/errors.js';
import { fetchedFolder } from '../../platform/node/cacheFolder.js';

/** The data set that comes with this package. */
export const SYNTHETIC_DATASET = 'synthetic';
export const SYNTHETIC_FOLDER = fileURLToPath(new URL('../../../qsl/synthetic-faces', import.meta.url));
/** Those that `loadgen fetch` brings, each into a folder of its name. */
export const FETCHED_DATASETS: readonly string[] = ['lfw', 'lfw-funneled'];

/** All names that are not folders. */
export const DATASET_NAMES: readonly string[] = [SYNTHETIC_DATASET, ...FETCHED_DATASETS];

/**
 * The folder of a data set by its name, or the folder that is named. A name goes before a folder of the same name.
 *
 * @throws LoadGenError `QSL_NOT_FETCHED`
 */
export function datasetFolder(dataset: string, cacheFolder: string): string {
  if (dataset === SYNTHETIC_DATASET) return SYNTHETIC_FOLDER;
  if (!FETCHED_DATASETS.includes(dataset)) return resolve(dataset);
  const folder = join(fetchedFolder(cacheFolder), dataset);
  if (existsSync(folder)) return folder;
  throw new LoadGenError('QSL_NOT_FETCHED', `data set "${dataset}" is not there yet, expected it in ${folder}`, {
    hint: `Fetch it: loadgen fetch ${dataset}\nIf you have a folder of this name, pass it as ./${dataset}`,
  });
}
