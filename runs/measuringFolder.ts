/** A test is measured into a folder beside its own, which takes its place when the test has ended. */
import { existsSync, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defaultLogSettings } from '../loadgen/index.js';
import {
  ACCURACY_TEXT,
  JUDGING_JSON,
  MEASURING_SUFFIX,
  PAIRS_JSON,
  REPORT_PAGE,
  RESULT_EXPORT,
  TEST_EXPORTS,
} from './layout.js';
import { writing } from './runFolder.js';

export function measuringFolderOf(testFolder: string): string {
  return `${testFolder}${MEASURING_SUFFIX}`;
}

/**
 * Removes what a test that never ended has left.
 *
 * @throws RUN_FOLDER if it cannot be removed
 */
export function discardMeasuring(testFolder: string): void {
  const folder = measuringFolderOf(testFolder);
  writing(folder, () => rmSync(folder, { recursive: true, force: true }));
}

/**
 * Puts a test that has ended in the place of an earlier one, and removes the run's exports, which are of that.
 *
 * @throws RUN_FOLDER if that cannot be done
 */
export function keepMeasuring(runFolder: string, testFolder: string): void {
  const folder = measuringFolderOf(testFolder);
  const earlier = `${testFolder}.earlier`;
  writing(testFolder, () => {
    for (const name of [RESULT_EXPORT, REPORT_PAGE]) rmSync(join(runFolder, name), { force: true });
    for (const name of namesIn(testFolder)) if (!isOurs(name)) renameSync(join(testFolder, name), join(folder, name));
    // Set aside in one step: a test of which half is deleted could be taken for a complete one.
    rmSync(earlier, { recursive: true, force: true });
    if (existsSync(testFolder)) renameSync(testFolder, earlier);
    renameSync(folder, testFolder);
    rmSync(earlier, { recursive: true, force: true });
  });
}

/**
 * Removes the logs in a folder, and keeps what else is there.
 *
 * @throws RUN_FOLDER if they cannot be removed
 */
export function removeLogs(folder: string): void {
  writing(folder, () => {
    // A system may have put something else in their place.
    if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) rmSync(folder, { force: true });
    for (const name of namesIn(folder)) if (isLog(name)) rmSync(join(folder, name), { recursive: true });
  });
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function isLog(name: string): boolean {
  return name.startsWith(defaultLogSettings().prefix);
}

function isOurs(name: string): boolean {
  return isLog(name) || [ACCURACY_TEXT, PAIRS_JSON, JUDGING_JSON, ...Object.values(TEST_EXPORTS)].includes(name);
}
