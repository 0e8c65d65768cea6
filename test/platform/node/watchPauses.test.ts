import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startPauseWitness, watchPauses } from '../../../platform/node/watchPauses.js';

const MODULE = new URL('../../../platform/node/watchPauses.js', import.meta.url).href;
const PERMISSION = ['--permission', '--experimental-permission'].find((flag) =>
  process.allowedNodeEnvironmentFlags.has(flag),
);

const run = promisify(execFile);

test('a closed witness knows nothing', async () => {
  const witness = await startPauseWitness();
  assert.ok(witness !== undefined);
  assert.deepEqual(await watchPauses(witness)(), []);
  await witness.close();
  assert.equal(await watchPauses(witness)(), undefined);
});

test('closed witnesses leave no threads behind', { skip: process.platform !== 'linux' && 'needs /proc' }, async () => {
  const threads = () => readdirSync('/proc/self/task').length;
  // The first has Node.js start threads that stay.
  await (await startPauseWitness())?.close();
  const before = threads();
  for (let times = 0; times < 3; times++) {
    const witness = await startPauseWitness();
    assert.equal(threads(), before + 1);
    await witness?.close();
  }
  assert.equal(threads(), before);
});

test('a witness keeps no process alive', async () => {
  const program = `import(${JSON.stringify(MODULE)}).then((all) => all.startPauseWitness())`;
  await run(process.execPath, ['-e', program], { timeout: 60_000 });
});

test('where no thread can be started, nothing watches', { skip: PERMISSION === undefined }, async () => {
  const program = `import(${JSON.stringify(MODULE)}).then(async ({ startPauseWitness, watchPauses }) => {
    const witness = await startPauseWitness();
    console.log(witness, await watchPauses(witness)());
  });`;
  const { stdout } = await run(process.execPath, [`${PERMISSION}`, '--allow-fs-read=*', '-e', program]);
  assert.equal(stdout.trim(), 'undefined undefined');
});
