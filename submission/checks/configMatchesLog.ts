import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { effectiveSettingsInLog } from '../../loadgen/logs/settingsEntries.js';
import { applyConfigFile, type ConfigKind } from '../../loadgen/settings/configFile.js';
import { deriveEffectiveSettings } from '../../loadgen/settings/effectiveSettings.js';
import type { TestScenario } from '../../loadgen/settings/testSettings.js';
import { defaultTestSettings } from '../../loadgen/settings/testSettings.js';
import { readLogValues } from '../../platform/node/openLog.js';
import { MLPERF_CONF, PERFORMANCE_FOLDER, USER_CONF } from '../../runs/layout.js';
import { type Finding, findingOfError, newFinding } from '../finding.js';
import type { SubmittedRun } from '../readSubmittedRun.js';

const MAX_CONF_BYTES = 1 << 20;

/**
 * That the settings files in a run's folder, which a submission publishes, are those that its performance test was made
 * with: by the settings that its log states. A folder that took two runs keeps the files of the last.
 */
export async function checkConfigMatchesLog(
  { folder, network }: SubmittedRun,
  scenario: TestScenario,
): Promise<Finding[]> {
  if (!existsSync(join(folder, MLPERF_CONF))) return [];
  try {
    const log = await readLogValues(join(folder, scenario, PERFORMANCE_FOLDER));
    const settings = { ...defaultTestSettings(), scenario };
    for (const [kind, name] of CONF_FILES) {
      if (!existsSync(join(folder, name))) continue;
      applyConfigFile(settings, { kind, path: name, text: await confText(join(folder, name), name) }, network);
    }
    const library = {
      name: log.string('qsl_name'),
      totalSampleCount: log.number('qsl_reported_total_count'),
      performanceSampleCount: log.number('qsl_reported_performance_count'),
    };
    const found = log.texts('effective_');
    return Object.entries(effectiveSettingsInLog(deriveEffectiveSettings(settings, library))).flatMap(
      ([key, value]) => {
        const logged = found[key.replace(/^effective_/, '')];
        if (logged === String(value)) return [];
        const expected = `${logged ?? 'none'}, as in the log of ${scenario}'s performance test`;
        return [newFinding(`${MLPERF_CONF}, ${USER_CONF}`, String(value), expected, { key })];
      },
    );
  } catch (thrown) {
    return [findingOfError(scenario, folder, thrown, "the settings of the run's performance test")];
  }
}

/** In the order in which they count. */
const CONF_FILES: readonly (readonly [kind: ConfigKind, name: string])[] = [
  ['mlperf', MLPERF_CONF],
  ['user', USER_CONF],
];

async function confText(path: string, name: string): Promise<string> {
  const { size } = statSync(path);
  if (size <= MAX_CONF_BYTES) return readFile(path, 'utf8');
  throw new LoadGenError('SUBMISSION_CONF', `${name}: found ${size} bytes, expected at most ${MAX_CONF_BYTES}`);
}
