/** Fetches the asset of `assets.json` into `fetched`, as `loadgen fetch` does. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Asset } from '../../../fetch/assets.js';
import { fetchAssets } from '../../../fetch/fetchAssets.js';

process.env.no_proxy = '127.0.0.1';
const asset = z.custom<Asset>().parse(JSON.parse(readFileSync('asset.json', 'utf8')));
await fetchAssets({ assets: [asset], folder: 'fetched' });
