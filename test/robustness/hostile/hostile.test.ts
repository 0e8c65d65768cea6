/** The most different of the hostile systems; `npm run hostile` runs all. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../cli/loadgen.js';
import { HOSTILE_CASES } from './cases.js';
import { runHostileCases } from './runHostileCases.js';

const SHORT = [
  'system: works',
  'system: exits in the first query',
  'system: exits while it is created',
  'system: stops itself',
  'system: throws a proxy that throws',
  'system: throws in a timer again and again',
  'system: returns a rejected thenable',
  'system: loops in a query',
  'system: rejects in close for the test only',
  'system: answers with a detached buffer',
  'system: sends a forged result and loops',
  'system: closes the channel to its supervisor',
  'system: removes the logs at the end',
  'system: leaves a detached child and exits',
  'system: has getters that throw when read again',
  'system: has a cyclic configuration',
  'engine: crashes in native code',
  'worker: exits in infer',
  'worker: posts null',
  'module: exits',
];

test('hostile systems end by themselves with the right exit code, complete logs and a reason', async (t) => {
  const chosen = HOSTILE_CASES.filter(({ name }) => SHORT.includes(name));
  assert.equal(chosen.length, SHORT.length);
  const faults: string[] = [];
  await runHostileCases(chosen, join(await temporaryFolder(t), 'work'), ({ name }, fault) => {
    if (fault !== undefined) faults.push(`${name}: ${fault}`);
  });
  assert.deepEqual(faults, []);
});
