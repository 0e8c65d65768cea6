import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { LATENCY_LOG_NAME } from '../logs/latencies/read.js';
import { TRACE_LOG_NAME } from '../logs/trace/read.js';
import { writeError } from '../platform/node/files.js';
import { ACCURACY_TEXT, JUDGING_JSON, PAIRS_JSON, REPORT_PAGE, RESULT_EXPORT, TEST_EXPORTS } from './layout.js';

/** `runs/2026-01-31T12-30-59-null`, below the working directory. */
export function defaultRunFolder(sutName: string, startedAt: Date): string {
  return join('runs', `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}-${sutName}`);
}

/**
 * Leaves nothing behind.
 *
 * @throws RUN_FOLDER unless the run's folder can be made, or written to if it is there
 */
export function checkRunFolder(runFolder: string): void {
  writing(runFolder, () => {
    let existing = resolve(runFolder);
    while (!existsSync(existing)) existing = dirname(existing);
    rmdirSync(mkdtempSync(join(existing, '.loadgen-')));
  });
}

/**
 * Removes what an earlier run left that the next one does not overwrite: in a test's folder, and the exports of the run.
 *
 * @throws RUN_FOLDER if it cannot be removed
 */
export function removeEarlierResults(runFolder: string, testFolder: string): void {
  writing(testFolder, () => {
    const names = [ACCURACY_TEXT, PAIRS_JSON, JUDGING_JSON, TRACE_LOG_NAME, LATENCY_LOG_NAME];
    for (const name of [...names, ...Object.values(TEST_EXPORTS)]) rmSync(join(testFolder, name), { force: true });
    for (const name of [RESULT_EXPORT, REPORT_PAGE]) rmSync(join(runFolder, name), { force: true });
  });
}

/**
 * Removes one of the run's folders with everything in it.
 *
 * @throws RUN_FOLDER if it cannot be removed
 */
export function removeFromRun(runFolder: string, folder: string): void {
  const path = join(runFolder, folder);
  writing(path, () => rmSync(path, { recursive: true, force: true }));
}

/**
 * Writes a file of a run, and makes its folder.
 *
 * @throws RUN_FOLDER if it cannot be written
 */
export function writeRunFile(folder: string, name: string, content: string): void {
  const path = join(folder, name);
  writing(path, () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, content);
  });
}

export function writeJson(folder: string, name: string, content: unknown): void {
  writeRunFile(folder, name, `${JSON.stringify(content, undefined, 2)}\n`);
}

function writing(path: string, action: () => void): void {
  try {
    action();
  } catch (thrown) {
    throw writeError('RUN_FOLDER', path, thrown, 'Choose a folder that may be written to with --output.');
  }
}
