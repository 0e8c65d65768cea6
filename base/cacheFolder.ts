import { resolve } from 'node:path';
import envPaths from 'env-paths';

/** Where networks and preprocessed faces are kept: `SPHEREFACE_LOADGEN_CACHE`, or the user's cache folder. */
export function defaultCacheFolder(): string {
  const chosen = process.env.SPHEREFACE_LOADGEN_CACHE;
  return chosen ? resolve(chosen) : envPaths('sphereface-loadgen', { suffix: '' }).cache;
}
