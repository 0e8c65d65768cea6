import { readFileSync } from 'node:fs';
import { LoadGenError, messageOf } from '../../base/errors.js';
import {
  applyConfigFile,
  type ConfigKind,
  defaultTestSettings,
  type TestMode,
  type TestScenario,
  type TestSettings,
} from '../../loadgen/index.js';

/** The model's name in config files. */
const MODEL = 'sphereface20';

export interface ConfigPaths {
  readonly mlperfConf: string;
  readonly userConf: string | undefined;
}

/** The settings of one test: official defaults, then `mlperf.conf`, then `user.conf`. */
export function readSettings(scenario: TestScenario, mode: TestMode, paths: ConfigPaths): TestSettings {
  const settings = { ...defaultTestSettings(), scenario, mode };
  applyFile(settings, 'mlperf', paths.mlperfConf);
  if (paths.userConf !== undefined) applyFile(settings, 'user', paths.userConf);
  return settings;
}

function applyFile(settings: TestSettings, kind: ConfigKind, path: string): void {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    throw new LoadGenError('CONFIG_UNREADABLE', `cannot read the config file ${path}: ${messageOf(thrown)}`, {
      hint: `Check the path given with --${kind}-conf.`,
      cause: thrown,
    });
  }
  const { mode } = settings;
  applyConfigFile(settings, { path, kind, text }, MODEL);
  if (settings.mode === mode) return;
  // Which tests are run is the command line's decision: a mode in a config file would override each of them.
  throw new LoadGenError('CONFIG_MODE', `${path}: found mode ${settings.mode}, expected that of the test, ${mode}`, {
    hint: 'Remove the line that sets the mode from the file, and choose with --mode.',
  });
}
