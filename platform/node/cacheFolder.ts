import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** Where networks, data sets and preprocessed faces are kept: `SPHEREFACE_LOADGEN_CACHE`, or the user's cache folder. */
export function defaultCacheFolder(): string {
  const chosen = process.env.SPHEREFACE_LOADGEN_CACHE;
  return chosen ? resolve(chosen) : envPaths('sphereface-loadgen', { suffix: '' }).cache;
}

/** Where the data sets and models that were fetched lie, each in a folder of its name. */
export function fetchedFolder(cacheFolder: string): string {
  return join(cacheFolder, 'fetched');
}

/** What to do if nothing can be kept there. */
export const CACHE_HINT = 'Check that it may be written to. SPHEREFACE_LOADGEN_CACHE names another folder.';
