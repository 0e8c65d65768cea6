export { ASSETS } from './assets.js';
export type { DownloadProgress } from './downloadAttempt.js';
export type { FetchedAsset } from './fetchAssets.js';
