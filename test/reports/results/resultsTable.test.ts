import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readResults } from '../../../reports/results/readResults.js';
import { resultsTable } from '../../../reports/results/resultsTable.js';
import { newFolder } from '../figures/runFolders.js';
import { duelFolder, runFolder } from './measuredFolders.js';

test('the table has a row for each system, marks the best, says why INVALID, and is 80 columns wide', async () => {
  const values = { result_validity: '"INVALID"', result_min_duration_met: 'false' };
  const found = await readResults([
    runFolder('engine', { seed: 1, queryCount: 500, meanNs: 2e6 }),
    runFolder('slow', { seed: 2, queryCount: 500, meanNs: 9e6, values }),
    duelFolder(),
  ]);
  const table = resultsTable({ ...found, audits: 3, unreadable: [{ folder: newFolder(), reason: 'why' }] });
  assert.match(table, /│ System +│ SingleStream │ +Offline │ Accuracy │\n│ +│ +p90 │ per second │ +│/);
  assert.match(table, /│ sphereface20 on 600 samples of faces: +│/);
  assert.match(table, /│ system-2 +│ +500\.8 µs \* │ +1,\d+ \* │ +91\.67 % │/);
  assert.match(table, /│ slow +│ +[\d.]+ ms │ [^│]+│ +[\d.]+ % │\n│ [^│]+│ +INVALID │ +INVALID │/);
  assert.match(table, /│ SingleStream, Offline: INVALID: The minimum duration was not reached\. +│/);
  assert.match(table, /│ SingleStream, Offline: INVALID: It left the duel: it failed \(SUT_FAILED\) +│/);
  assert.match(table, /\n\* no other system/);
  assert.match(table, /\nLeft out: 3 tests of audits\nNot read, 1:\n\/.*: why$/);
  const [whole = ''] = table.split('\nNot read');
  for (const line of whole.split('\n')) assert.ok(line.length <= 80, line);
});
