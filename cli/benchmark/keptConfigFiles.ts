import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MLPERF_CONF, USER_CONF } from '../../runs/layout.js';
import { writeRunFile } from './runFolder.js';
import type { ConfigPaths } from './settings.js';

/** Copies the config files of a run into its folder: an audit needs the same, and a submission shows them. */
export function keepConfigFiles(runFolder: string, { mlperfConf, userConf }: ConfigPaths): void {
  keep(runFolder, MLPERF_CONF, mlperfConf);
  if (userConf !== undefined) keep(runFolder, USER_CONF, userConf);
  else rmSync(join(runFolder, USER_CONF), { force: true });
}

/** Those that a run was made with. */
export function keptConfigFiles(runFolder: string): ConfigPaths {
  const userConf = join(runFolder, USER_CONF);
  return { mlperfConf: join(runFolder, MLPERF_CONF), userConf: existsSync(userConf) ? userConf : undefined };
}

function keep(runFolder: string, name: string, path: string): void {
  if (resolve(path) !== resolve(runFolder, name)) writeRunFile(runFolder, name, readFileSync(path, 'utf8'));
}
