import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readResults } from '../../reports/results/readResults.js';
import { resultsTable } from '../../reports/results/resultsTable.js';
import { newFolder } from './figures/runFolders.js';

const LOGS = fileURLToPath(new URL('../../../test/fixtures/foreign-logs', import.meta.url));

test('every scenario below a folder has a row; what cannot be read is named', async () => {
  const found = await readResults(LOGS);
  assert.deepEqual(
    found.results.map(({ folder, validity, accuracy }) => [folder, validity, accuracy?.correct]),
    [
      ['crlf-accuracy', null, 60],
      ['empty-trace', 'VALID', undefined],
      ['line-break', 'INVALID', undefined],
      ['loadgen-1.1', 'VALID', undefined],
      ['mobile-app/SingleStream', 'VALID', undefined],
      ['other-accuracy/SingleStream', 'VALID', undefined],
    ],
  );
  assert.deepEqual(
    found.unreadable.map(({ folder }) => folder),
    ['loadgen-0.5'],
  );
  const table = resultsTable(found);
  assert.match(table, /│ mobile-app\/SingleStream +│ SingleStream +│ VALID/);
  assert.match(table, /p90 733\.7 ms/);
  assert.match(table, /\nNot read, 1:\nloadgen-0\.5: .*before 1\.0/);
  assert.ok(
    table
      .split('\nNot read')[0]
      ?.split('\n')
      .every((line) => line.length <= 80),
  );
});

test('a folder without logs is refused', () =>
  assert.rejects(readResults(newFolder()), { name: 'LoadGenError', code: 'REPORT_NO_LOGS' }));
