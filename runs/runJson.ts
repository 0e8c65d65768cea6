import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LoadGenError } from '../base/errors.js';
import { readJsonFile } from '../platform/node/jsonFile.js';
import { type NewRunJson, type RepeatableRun, type RunJson, runJsonSchema, runJsonText } from './jsonFormats.js';
import { RUN_JSON } from './layout.js';
import { writeRunFile } from './runFolder.js';

/** Thousands of skipped pairs may be named. */
const MAX_BYTES = 1 << 26;

/** @throws RUN_FOLDER if it cannot be written */
export function writeRunJson(runFolder: string, run: NewRunJson): void {
  writeRunFile(runFolder, RUN_JSON, runJsonText(run));
}

/**
 * Undefined where there is none, as in the folder of an official run.
 *
 * @throws RUN_JSON if it cannot be read, is damaged or of a later version
 */
export async function readRunJson(runFolder: string): Promise<RunJson | undefined> {
  const file = join(runFolder, RUN_JSON);
  if (!existsSync(file)) return undefined;
  const read = await readJsonFile(file, runJsonSchema, MAX_BYTES);
  if ('fault' in read) throw runJsonError(file, read.fault);
  return read.content;
}

/** @throws RUN_JSON as `readRunJson`, and if there is none or it does not say how the run was made */
export async function readRepeatableRun(runFolder: string): Promise<RepeatableRun> {
  const file = join(runFolder, RUN_JSON);
  const run = await readRunJson(runFolder);
  if (run === undefined) throw runJsonError(file, 'no such file');
  const { network, sut, dataset, request } = run;
  if (network !== undefined && sut !== undefined && dataset !== undefined && request !== undefined)
    return { ...run, network, sut, dataset, request };
  throw runJsonError(file, 'no network, sut, dataset or request');
}

function runJsonError(file: string, found: string): LoadGenError {
  return new LoadGenError('RUN_JSON', `${file}: found ${found}, expected what "loadgen run" writes, of version 1`, {
    hint: 'Name the folder of a run that "loadgen run" of this version has made.',
  });
}
