/**
 * Kills commands at random moments of their work, and tells how many left nothing that reads as whole and is not, and
 * succeeded when they were run again: `npm run kills -- [MOMENTS] [COMMAND...] [--seed N]`. Ends with exit code 1 if one
 * did not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { KILLED_COMMANDS } from './commands.js';
import { killAtMoments } from './killAtMoments.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '13' } },
});
const [moments = '100', ...names] = positionals;
const known = KILLED_COMMANDS.map(({ name }) => name);
if (names.some((name) => !known.includes(name)) || !(Number(moments) > 0)) {
  console.error(`found ${positionals.join(' ')}, expected a number of moments and some of ${known.join(', ')}`);
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'kills-'));
let failed = 0;
for (const { name, open } of KILLED_COMMANDS.filter((one) => names.length === 0 || names.includes(one.name))) {
  const ends: (() => void)[] = [];
  const command = await open({ after: (end) => void ends.push(end) });
  let faults = 0;
  const options = { moments: Number(moments), seed: Number(values.seed), work: join(work, name) };
  const workMs = await killAtMoments(command, options, ({ index, afterMs, fault, folder }) => {
    if (fault === undefined) return;
    faults++;
    console.log(`${name}, moment ${index}, after ${Math.round(afterMs)} ms: ${fault} (${folder})`);
  });
  for (const end of ends) end();
  console.log(`${name}: ${moments} kills within ${Math.round(workMs)} ms, ${faults} faults`);
  failed += faults;
}
if (failed === 0) rmSync(work, { recursive: true });
process.exitCode = failed === 0 ? 0 : 1;
