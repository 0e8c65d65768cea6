/**
 * How the program takes logs that others published: `npm run published -- FOLDER...` reads every folder with logs below the
 * ones named, such as checkouts of MLCommons' repositories of results. Each has to be read or refused with one of our
 * errors; each reason is printed once, with the first folder of it. Ends with exit code 1 if one was not.
 */
import { join } from 'node:path';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { measureTest } from '../../reports/figures/measureTest.js';
import { findLogFolders } from '../../runs/findLogFolders.js';
import { openRun } from '../../runs/openRun.js';

const MAX_FOLDERS = 1_000_000;

const roots = process.argv.slice(2);
if (roots.length === 0) {
  console.error('Name folders with published logs below them.');
  process.exit(2);
}

interface Reason {
  count: number;
  readonly example: string;
}

const refused = new Map<string, Reason>();
let [read, foreign, slowestMs] = [0, 0, 0];
let slowest = '';
for (const root of roots) {
  for (const folder of (await findLogFolders(root, MAX_FOLDERS)).folders) await readFolder(join(root, folder));
}
console.log(`${read} folders read; slowest ${Math.round(slowestMs)} ms, ${slowest}`);
for (const [reason, { count, example }] of [...refused].sort(([, a], [, b]) => b.count - a.count)) {
  console.log(`${count} refused: ${reason}\n  ${example}`);
}
console.log(`${foreign} other errors`);
process.exitCode = foreign === 0 ? 0 : 1;

async function readFolder(folder: string): Promise<void> {
  const startMs = performance.now();
  try {
    for await (const test of (await openRun(folder)).tests()) await measureTest(test);
    read++;
  } catch (thrown) {
    if (!(thrown instanceof LoadGenError)) {
      foreign++;
      console.log(`${folder}: ${thrown instanceof Error ? thrown.stack : messageOf(thrown)}`);
      return;
    }
    const message = thrown.message.replaceAll(folder, 'FOLDER').replaceAll(/\d+/g, 'N').slice(0, 160);
    const reason = refused.get(`${thrown.code} ${message}`) ?? { count: 0, example: `${folder}: ${thrown.message}` };
    reason.count++;
    refused.set(`${thrown.code} ${message}`, reason);
  } finally {
    const ms = performance.now() - startMs;
    if (ms > slowestMs) [slowestMs, slowest] = [ms, folder];
  }
}
