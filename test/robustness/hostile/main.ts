/**
 * Runs hostile systems under test, two at a time, prints those that do not end as they should, and how many do:
 * `npm run hostile [FOLDER|WORD...]`. A folder holds `cases.json` with file, name, codes and args of each plugin in it; words
 * choose cases of this project's own table by their names.
 */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { HOSTILE_CASES } from './cases.js';
import type { HostileCase } from './hostileCase.js';
import { runHostileCases } from './runHostileCases.js';

const casesSchema = z.array(
  z.object({ file: z.string(), name: z.string(), codes: z.array(z.number()), args: z.array(z.string()) }),
);

const [first = '', ...others] = process.argv.slice(2);
const cases = existsSync(join(first, 'cases.json')) ? casesIn(first) : chosenCases([first, ...others]);
const work = mkdtempSync(join(tmpdir(), 'hostile-'));
let failed = 0;
await runHostileCases(cases, work, ({ name }, fault, folder) => {
  if (fault === undefined) return;
  failed++;
  console.log(`${name}: ${fault} (${folder})`);
});
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function casesIn(folder: string): HostileCase[] {
  const listed = casesSchema.parse(JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')));
  return listed.map(({ file, ...one }) => ({ ...one, source: readFileSync(join(folder, file), 'utf8') }));
}

function chosenCases(words: readonly string[]): readonly HostileCase[] {
  return HOSTILE_CASES.filter(({ name }) => words.some((word) => name.includes(word)));
}
