import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, test } from 'node:test';
import { findLogFolders } from '../../runs/findLogFolders.js';
import { findTests } from '../../runs/findTests.js';
import {
  discardMeasuring,
  keepMeasuring,
  measuringFolderOf,
  removeLogs,
  withRunFolder,
} from '../../runs/measuringFolder.js';

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

/** Texts by their paths with slashes. */
function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
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

const NEW_TEST = { 'Offline/accuracy/mlperf_log_detail.txt': 'new' };
const SET_ASIDE = {
  'Offline/accuracy.earlier/mlperf_log_detail.txt': 'old',
  'Offline/accuracy.earlier/notes.md': 'mine',
};

/** What a kill can leave, what readers take for the test, and what the next run finds. */
const KILLED: readonly [when: string, Record<string, string>, readonly string[], Record<string, string>][] = [
  ['while a first test was measured', MEASURED, [], {}],
  ['while a test was measured again', { ...MEASURED, ...EARLIER }, ['Offline/accuracy'], EARLIER],
  [
    'when the earlier test was set aside',
    { ...MEASURED, ...SET_ASIDE },
    ['Offline/accuracy.earlier'],
    { 'Offline/accuracy/mlperf_log_detail.txt': 'old', 'Offline/accuracy/notes.md': 'mine' },
  ],
  [
    'when the new test had taken its place',
    { ...NEW_TEST, ...SET_ASIDE },
    ['Offline/accuracy'],
    { ...NEW_TEST, 'Offline/accuracy/notes.md': 'mine' },
  ],
  [
    'in an audit',
    {
      'Offline/TEST01/performance/run_1.measuring/mlperf_log_detail.txt': 'new',
      'Offline/TEST01/performance/run_1.earlier/mlperf_log_detail.txt': 'old',
    },
    ['Offline/TEST01/performance/run_1.earlier'],
    { 'Offline/TEST01/performance/run_1/mlperf_log_detail.txt': 'old' },
  ],
];
for (const [when, files, found, left] of KILLED) {
  test(`killed ${when}: readers find a whole test or none, and the next run clears up`, async () => {
    const { runFolder } = runWith(files);
    assert.deepEqual((await findLogFolders(runFolder, 100)).folders, found);
    await withRunFolder(runFolder, async () => {});
    assert.deepEqual(filesIn(runFolder), left);
  });
}

test('a test that waits to return to its place is one of the run', async () => {
  const { runFolder } = runWith({
    ...MEASURED,
    ...SET_ASIDE,
    ...{ 'Server/performance/run_1.earlier/mlperf_log_detail.txt': '' },
  });
  const folders = ['Offline/accuracy.earlier', 'Server/performance/run_1.earlier'];
  assert.deepEqual(
    (await findTests(runFolder)).toSorted(),
    folders.map((folder) => join(runFolder, folder)),
  );
});

test('logs are removed, and the list of pairs is kept', () => {
  const { testFolder } = runWith({ ...MEASURED, 'Offline/accuracy.measuring/pairs.json': '[]' });
  removeLogs(measuringFolderOf(testFolder));
  assert.deepEqual(readdirSync(measuringFolderOf(testFolder)), ['pairs.json']);
});
