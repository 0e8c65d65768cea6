import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { resultsSchema } from '../../reports/results/results.js';
import { documentChecker } from '../reports/documentChecker.js';
import { temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

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

test('results writes CSV and a page, and names what it cannot read beside CSV', async (t) => {
  const folder = await temporaryFolder(t);
  const [csv, html] = [join(folder, 'results.csv'), join(folder, 'results.html')];
  const [files, printed, both] = await Promise.all([
    loadgen(['results', join(LOGS, 'mobile-app'), join(LOGS, 'crlf-accuracy'), '--csv', csv, '--html', html]),
    loadgen(['results', LOGS, '--csv', '-']),
    loadgen(['results', LOGS, '--csv', '-', '--json']),
  ]);
  assert.deepEqual([files.exitCode, printed.exitCode, both.exitCode], [0, 2, 2], files.stderr);
  const lines = (await readFile(csv, 'utf8')).split('\r\n');
  assert.match(
    lines[0] ?? '',
    /^network,data,samples,system,kind,folder,scenario,validity,on_front,figure,unit,value,/,
  );
  assert.ok(lines.some((line) => /,logs,.*mobile-app,SingleStream,VALID,false,p90,ns,\d+,/.test(line)));
  assert.ok(lines.some((line) => /crlf-accuracy,Offline,,false,accuracy,correct share,1,,,/.test(line)));
  assert.match(await readFile(html, 'utf8'), /<h1>Results of 2 systems<\/h1>/);
  assert.match(printed.stdout, /^network,data,/);
  assert.match(printed.stderr, /^Not read: .*loadgen-0\.5: /);
  assert.match(both.stderr, /--json and --csv - exclude each other/);
});
