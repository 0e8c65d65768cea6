/** Fetches a file from the address into the folder, while no more files than so many can be opened. */
import { closeSync, openSync } from 'node:fs';
import { exitCodeOf, printError } from '../../cli/printError.js';
import { fetchAssets } from '../../fetch/fetchAssets.js';
import { assetOf, CONTENT, fileOf } from './fetching.js';

const [url = '', folder = '', left] = process.argv.slice(2);
const held = openAll();
for (const file of held.splice(0, Number(left))) closeSync(file);
try {
  await fetchAssets({ assets: [assetOf(fileOf(CONTENT, [url]))], folder, wait: async () => {} });
} catch (thrown) {
  for (const file of held) closeSync(file);
  printError(thrown);
  process.exitCode = exitCodeOf(thrown);
}

function openAll(): number[] {
  const files: number[] = [];
  try {
    for (;;) files.push(openSync('/dev/null', 'r'));
  } catch {
    return files;
  }
}
