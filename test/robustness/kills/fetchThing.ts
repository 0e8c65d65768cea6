/** Fetches the asset of `asset.json` into `fetched`, from the files that are named, as `loadgen fetch` does. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { handleInterruption, interruptible } from '../../../cli/interruption.js';
import { exitCodeOf, printError } from '../../../cli/printError.js';
import type { Asset } from '../../../fetch/assets.js';
import { fetchAssets } from '../../../fetch/fetchAssets.js';

process.env.no_proxy = '127.0.0.1';
const asset = z.custom<Asset>().parse(JSON.parse(readFileSync('asset.json', 'utf8')));
const options = { assets: [asset], folder: 'fetched', from: process.argv.slice(2), onNotice: console.error };
handleInterruption();
try {
  await interruptible((signal) => fetchAssets({ ...options, signal }));
} catch (thrown) {
  printError(thrown);
  process.exitCode = exitCodeOf(thrown);
}
