/** A test is measured into a folder beside its own, which takes its place when the test has ended. */
import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defaultLogSettings } from '../loadgen/index.js';
import { TEST_SCENARIOS } from '../loadgen/settings/testSettings.js';
import { withLockedFolder } from '../platform/node/lock.js';
import { recoverFolder, removeFolder, replaceFolder } from '../platform/node/replaceFolder.js';
import {
  ACCURACY_TEXT,
  JUDGING_JSON,
  MEASURING_SUFFIX,
  PAIRS_JSON,
  REPORT_PAGE,
  RESULT_EXPORT,
  TEST_EXPORTS,
  TEST_FOLDERS,
} from './layout.js';
import { writing } from './runFolder.js';

/** What a test's folder is called, below others. */
const TEST_FOLDER_NAMES = new Set(Object.values(TEST_FOLDERS).map((folder) => basename(folder)));

/**
 * Runs `action` while no other process works in the run's folder, from which what a killed run has left is removed.
 *
 * @throws FOLDER_LOCKED, RUN_FOLDER
 */
export function withRunFolder<T>(runFolder: string, action: () => Promise<T>): Promise<T> {
  return withLockedFolder('RUN_FOLDER', runFolder, async () => {
    writing(runFolder, () => {
      for (const scenario of TEST_SCENARIOS) recoverTests(join(runFolder, scenario));
    });
    return action();
  });
}

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
  writing(folder, () => removeFolder(folder));
}

/**
 * Puts a test that has ended in the place of an earlier one, and removes the run's exports, which are of that. What else
 * is in the earlier one's folder stays.
 *
 * @throws RUN_FOLDER if that cannot be done
 */
export function keepMeasuring(runFolder: string, testFolder: string): void {
  writing(testFolder, () => {
    for (const name of [RESULT_EXPORT, REPORT_PAGE]) rmSync(join(runFolder, name), { force: true });
    replaceFolder(testFolder, measuringFolderOf(testFolder), isForeign);
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
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) if (isLog(name)) rmSync(join(folder, name), { recursive: true });
  });
}

function recoverTests(folder: string): void {
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  for (const name of readdirSync(folder)) if (!TEST_FOLDER_NAMES.has(name)) recoverTests(join(folder, name));
  for (const name of TEST_FOLDER_NAMES) {
    removeFolder(measuringFolderOf(join(folder, name)));
    recoverFolder(join(folder, name), isForeign);
  }
}

function isLog(name: string): boolean {
  return name.startsWith(defaultLogSettings().prefix);
}

function isForeign(name: string): boolean {
  return !isLog(name) && ![ACCURACY_TEXT, PAIRS_JSON, JUDGING_JSON, ...Object.values(TEST_EXPORTS)].includes(name);
}
