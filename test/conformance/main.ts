/**
 * Replays recorded runs of the official LoadGen: `npm run conformance -- DIR [SCENARIO...]`. Prints a line for each case,
 * and for a failing one what differs first; ends with the counts, and with exit code 1 if any case failed.
 */
import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { messageOf } from '../../base/errors.js';
import { firstDifference } from './compare.js';
import { readGoldenCase, settingsOf } from './goldenCase.js';
import { replay } from './replay.js';

const [directory, ...scenarios] = process.argv.slice(2);
if (directory === undefined) {
  console.error('Usage: npm run conformance -- DIR [SCENARIO...]\nDIR holds the recorded cases, one JSON file each.');
  process.exit(2);
}
const folder = resolve(directory);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
let passed = 0;
let failed = 0;
for (const file of files.sort()) {
  const outcome = await tryCase(join(folder, file));
  if (outcome === 'skipped') continue;
  if (outcome === undefined) passed++;
  else failed++;
  console.log(outcome === undefined ? `ok   ${file}` : `FAIL ${file}\n     ${outcome}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function tryCase(path: string): Promise<string | undefined> {
  try {
    const golden = readGoldenCase(path);
    if (scenarios.length > 0 && !scenarios.includes(golden.args.scenario ?? '')) return 'skipped';
    return firstDifference(golden, await replay(golden, settingsOf(golden, [folder, dirname(folder)])));
  } catch (thrown) {
    return messageOf(thrown);
  }
}
