import { existsSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeFolder, writeError } from '../platform/node/files.js';
import { writeWholeSync } from '../platform/node/wholeFile.js';
import { jsonText } from './jsonFormats.js';
import { runName } from './layout.js';

/** `runs/2026-01-31T12-30-59-null`, below the working directory. */
export function defaultRunFolder(sutName: string, startedAt: Date): string {
  return join('runs', runName(sutName, startedAt));
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
 * Removes the files in one of the run's folders, and keeps the folders in it.
 *
 * @throws RUN_FOLDER if they cannot be removed
 */
export function removeFilesOfRun(runFolder: string, folder: string): void {
  const path = join(runFolder, folder);
  writing(path, () => {
    for (const entry of readdirSync(path, { withFileTypes: true })) if (entry.isFile()) rmSync(join(path, entry.name));
  });
}

/**
 * Writes a file of a run, whole or not at all, and makes its folder.
 *
 * @throws RUN_FOLDER if it cannot be written
 */
export function writeRunFile(folder: string, name: string, content: string): void {
  const path = join(folder, name);
  writing(path, () => {
    makeFolder(folder);
    writeWholeSync(path, content);
  });
}

export function writeJson(folder: string, name: string, content: unknown): void {
  writeRunFile(folder, name, jsonText(content));
}

/** @throws RUN_FOLDER in place of what `action` throws */
export function writing(path: string, action: () => void): void {
  try {
    action();
  } catch (thrown) {
    throw writeError('RUN_FOLDER', path, thrown, 'Choose a folder that may be written to with --output.');
  }
}
