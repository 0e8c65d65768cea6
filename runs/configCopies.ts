import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MLPERF_CONF, USER_CONF } from './layout.js';
import { writeRunFile } from './runFolder.js';

export interface ConfigPaths {
  readonly mlperfConf: string;
  readonly userConf: string | undefined;
}

/**
 * Copies a run's config files into its folder: an audit needs the same ones, and a submission shows them.
 *
 * @throws RUN_FOLDER if they cannot be written
 */
export function copyConfigFiles(runFolder: string, { mlperfConf, userConf }: ConfigPaths): void {
  copyFile(runFolder, MLPERF_CONF, mlperfConf);
  if (userConf !== undefined) copyFile(runFolder, USER_CONF, userConf);
  else rmSync(join(runFolder, USER_CONF), { force: true });
}

/**
 * Adds lines to the copy of the user.conf, for what was measured during the run.
 *
 * @throws RUN_FOLDER if it cannot be written
 */
export function addToUserConf(runFolder: string, lines: string): void {
  const { userConf } = configCopies(runFolder);
  const text = userConf === undefined ? '' : `${readFileSync(userConf, 'utf8').trimEnd()}\n`;
  writeRunFile(runFolder, USER_CONF, `${text}${lines}\n`);
}

/** The copies in a run's folder. */
export function configCopies(runFolder: string): ConfigPaths {
  const userConf = join(runFolder, USER_CONF);
  return { mlperfConf: join(runFolder, MLPERF_CONF), userConf: existsSync(userConf) ? userConf : undefined };
}

function copyFile(runFolder: string, name: string, path: string): void {
  if (resolve(path) !== resolve(runFolder, name)) writeRunFile(runFolder, name, readFileSync(path, 'utf8'));
}
