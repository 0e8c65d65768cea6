export { ASSETS, type Asset } from './assets.js';
export type { DownloadProgress } from './downloadAttempt.js';
export { type FetchedAsset, type FetchOptions, fetchAssets } from './fetchAssets.js';
