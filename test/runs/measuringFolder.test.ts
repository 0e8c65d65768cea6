import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { findLogFolders } from '../../runs/findLogFolders.js';
import { findTests } from '../../runs/findTests.js';
import { discardMeasuring, keepMeasuring, measuringFolderOf, removeLogs } from '../../runs/measuringFolder.js';

const root = mkdtempSync(join(tmpdir(), 'measuring-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** A run's folder with these files; the path of one of its tests. */
function runWith(files: Readonly<Record<string, string>>): { runFolder: string; testFolder: string } {
  const runFolder = mkdtempSync(join(root, 'run-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(runFolder, path)), { recursive: true });
    writeFileSync(join(runFolder, path), text);
  }
  return { runFolder, testFolder: join(runFolder, 'Offline', 'accuracy') };
}

const EARLIER = {
  'Offline/accuracy/mlperf_log_detail.txt': 'old',
  'Offline/accuracy/mlperf_log_trace.json': 'old',
  'Offline/accuracy/accuracy.txt': 'old',
};
const MEASURED = { 'Offline/accuracy.measuring/mlperf_log_detail.txt': 'new' };

test('a test that has ended takes the place of the earlier one, with none of its files', () => {
  const { runFolder, testFolder } = runWith({ ...EARLIER, ...MEASURED });
  keepMeasuring(runFolder, testFolder);
  assert.deepEqual(readdirSync(join(runFolder, 'Offline')), ['accuracy']);
  assert.deepEqual(readdirSync(testFolder), ['mlperf_log_detail.txt']);
  assert.equal(readFileSync(join(testFolder, 'mlperf_log_detail.txt'), 'utf8'), 'new');
});

test('what a person put beside the logs stays; exports of the earlier run go', () => {
  const exports = { 'result.json': '{}', 'report.html': '<p>' };
  const { runFolder, testFolder } = runWith({
    ...{ ...EARLIER, ...MEASURED, ...exports },
    'Offline/accuracy/notes.md': 'mine',
  });
  keepMeasuring(runFolder, testFolder);
  assert.deepEqual(readdirSync(runFolder), ['Offline']);
  assert.equal(readFileSync(join(testFolder, 'notes.md'), 'utf8'), 'mine');
});

test('until then the earlier test is the one that is found, and what is measured is none', async () => {
  const { runFolder, testFolder } = runWith({ ...EARLIER, ...MEASURED });
  assert.deepEqual(await findTests(runFolder), [testFolder]);
  assert.deepEqual((await findLogFolders(runFolder, 100)).folders, [join('Offline', 'accuracy')]);
});

test('what an interrupted test has left is removed before the next', () => {
  const { testFolder } = runWith({ ...EARLIER, ...MEASURED });
  discardMeasuring(testFolder);
  assert.deepEqual(readdirSync(dirname(testFolder)), ['accuracy']);
});

test('logs are removed, and the list of pairs is kept', () => {
  const { testFolder } = runWith({ ...MEASURED, 'Offline/accuracy.measuring/pairs.json': '[]' });
  removeLogs(measuringFolderOf(testFolder));
  assert.deepEqual(readdirSync(measuringFolderOf(testFolder)), ['pairs.json']);
});
