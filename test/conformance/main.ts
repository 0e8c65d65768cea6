/**
 * Replays recorded runs of the official LoadGen: `npm run conformance -- DIR [SCENARIO...] [--browser]`. Prints a line for
 * each case, and for a failing one what differs first; ends with the counts, and with exit code 1 if any case failed. With
 * `--browser` each is replayed in a worker of Chromium as well, which has to do the same to the bit.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '../../base/errors.js';
import { VirtualClock } from '../virtualClock.js';
import { firstDifference, firstDifferenceOfReplays } from './compare.js';
import { settingsOf } from './goldenCase.js';
import { readGoldenCase } from './readGoldenCase.js';
import { replay } from './replay.js';

const BROWSER = '--browser';
const args = process.argv.slice(2);
const [directory, ...scenarios] = args.filter((arg) => arg !== BROWSER);
if (directory === undefined) {
  console.error(
    `Usage: npm run conformance -- DIR [SCENARIO...] [${BROWSER}]\nDIR holds the recorded cases, one JSON file each.`,
  );
  process.exit(2);
}
const folder = resolve(directory);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const browser = args.includes(BROWSER) ? await (await import('./replayInBrowser.js')).openBrowserReplayer() : undefined;
let passed = 0;
let failed = 0;
for (const file of files.sort()) {
  const outcome = await tryCase(join(folder, file));
  if (outcome === 'skipped') continue;
  if (outcome === undefined) passed++;
  else failed++;
  console.log(outcome === undefined ? `ok   ${file}` : `FAIL ${file}\n     ${outcome}`);
}
await browser?.close();
console.log(`${passed} passed, ${failed} failed${browser === undefined ? '' : ', in Node.js and in Chromium'}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function tryCase(path: string): Promise<string | undefined> {
  try {
    const read = readGoldenCase(path);
    const { golden, configTexts } = read;
    if (scenarios.length > 0 && !scenarios.includes(golden.args.scenario ?? '')) return 'skipped';
    const ours = await replay(golden, settingsOf(golden, configTexts), new VirtualClock());
    const different = firstDifference(golden, ours);
    if (different !== undefined || browser === undefined) return different;
    const there = await browser.replay(read);
    return firstDifference(golden, there) ?? firstDifferenceOfReplays(ours, there);
  } catch (thrown) {
    return messageOf(thrown);
  }
}
