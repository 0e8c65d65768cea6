import { readFileSync } from 'node:fs';
import { LoadGenError, messageOf } from '../../base/errors.js';
import {
  applyConfigFile,
  type ConfigFile,
  type ConfigKind,
  defaultTestSettings,
  type TestMode,
  type TestScenario,
  type TestSettings,
} from '../../loadgen/index.js';
import { SCENARIOS } from '../../loadgen/scenarios/index.js';
import type { ConfigPaths } from '../../runs/configCopies.js';
import { checkConfig } from './checkConfig.js';

/**
 * The settings of one test: official defaults, then `mlperf.conf`, then `user.conf`; and what the files set without any
 * effect. `network` is the model's name in them; `statesExpectation` says whether the `user.conf` tells what the system is
 * expected to do.
 */
export function readSettings(
  scenario: TestScenario,
  mode: TestMode,
  network: string,
  paths: ConfigPaths,
): { settings: TestSettings; notices: string[]; statesExpectation: boolean } {
  const settings = { ...defaultTestSettings(), scenario, mode };
  const mlperfConf = readConfigFile('mlperf', paths.mlperfConf);
  const userConf = paths.userConf === undefined ? [] : [readConfigFile('user', paths.userConf)];
  const files = [mlperfConf, ...userConf];
  const notices = files.flatMap((file) => applyFile(settings, network, file));
  return {
    settings,
    notices: [...notices, ...checkConfig(settings, files, network)],
    statesExpectation: userConf.some((file) => statesExpectation(settings, file, network)),
  };
}

/** Throws `CONFIG_UNREADABLE`. */
export function readConfigFile(kind: ConfigKind, path: string): ConfigFile {
  try {
    return { kind, path, text: readFileSync(path, 'utf8') };
  } catch (thrown) {
    throw new LoadGenError('CONFIG_UNREADABLE', `cannot read the config file ${path}: ${messageOf(thrown)}`, {
      hint: `Check the path given with --${kind}-${kind === 'audit' ? 'config' : 'conf'}.`,
      cause: thrown,
    });
  }
}

function applyFile(settings: TestSettings, network: string, file: ConfigFile): string[] {
  const { mode } = settings;
  const notices = applyConfigFile(settings, file, network);
  if (settings.mode === mode) return notices;
  // Which tests are run is the command line's decision: a mode in a config file would override each of them.
  throw new LoadGenError(
    'CONFIG_MODE',
    `${file.path}: found mode ${settings.mode}, expected that of the test, ${mode}`,
    {
      hint: 'Remove the line that sets the mode from the file, and choose with --mode.',
    },
  );
}

function statesExpectation(settings: TestSettings, file: ConfigFile, network: string): boolean {
  const names = Object.keys(SCENARIOS[settings.scenario].expectation(1).settings);
  // No file can set these to 0.
  const unstated = { ...settings, ...Object.fromEntries(names.map((name) => [name, 0])) };
  applyFile(unstated, network, file);
  return Object.entries(unstated).some(([name, value]) => names.includes(name) && value !== 0);
}
