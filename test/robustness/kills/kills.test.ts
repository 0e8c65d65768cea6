/** The short form of `npm run kills`. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../cli/loadgen.js';
import { KILLED_COMMANDS } from './commands.js';
import { killAtMoments } from './killAtMoments.js';

const MOMENTS = 1;

for (const { name, open } of KILLED_COMMANDS) {
  test(`${name}, killed, leaves nothing that reads as whole and is not, and succeeds when run again`, async (t) => {
    const faults: string[] = [];
    const work = await temporaryFolder(t);
    await killAtMoments(await open(t), { moments: MOMENTS, seed: 1, work: join(work, name) }, ({ afterMs, fault }) => {
      if (fault !== undefined) faults.push(`after ${afterMs} ms: ${fault}`);
    });
    assert.deepEqual(faults, []);
  });
}
