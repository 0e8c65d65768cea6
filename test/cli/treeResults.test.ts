import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { resultsSchema } from '../../reports/results/results.js';
import { documentChecker } from '../reports/documentChecker.js';
import { loadgen, temporaryFolder } from './loadgen.js';

const LOGS = fileURLToPath(new URL('../../../test/fixtures/foreign-logs', import.meta.url));

test('results prints a document by its schema, or a table, and exit code 2 where logs cannot be read', async () => {
  const [json, table, whole] = await Promise.all([
    loadgen(['results', LOGS, '--json']),
    loadgen(['results', LOGS]),
    loadgen(['results', join(LOGS, 'crlf-accuracy'), '--json']),
  ]);
  assert.deepEqual([json.exitCode, table.exitCode, whole.exitCode], [2, 2, 0], whole.stderr);
  const checked = documentChecker('reports/results/results.schema.json', resultsSchema);
  const { folders, benchmarks, unreadable } = checked(json.stdout);
  assert.deepEqual(folders, [LOGS]);
  const results = benchmarks.flatMap(({ systems }) => systems.flatMap((system) => system.results));
  assert.ok(results.some(({ figures }) => figures.some(({ name, unit }) => name === 'p90' && unit === 'ns')));
  assert.equal(unreadable.length, 1);
  assert.equal(checked(whole.stdout).benchmarks[0]?.systems[0]?.results[0]?.accuracy?.share, 1);
  assert.match(table.stdout, /^Not read, 1:\n.*loadgen-0\.5: /m);
});

test('results of a folder that is not there, or holds no logs, are refused by name', async (t) => {
  for (const [folder, code] of [
    ['/no/such/folder', 'REPORT_RUN_FOLDER'],
    [await temporaryFolder(t), 'REPORT_NO_LOGS'],
  ] as const) {
    const { exitCode, stderr } = await loadgen(['results', folder, '--json']);
    assert.equal(exitCode, 2);
    assert.match(stderr, new RegExp(`^Error ${code}: .*${folder}`));
  }
});
