import { readFileSync } from 'node:fs';
import { concatBytes } from '../../base/arrays.js';
import { packageVersion } from '../../platform/node/packages.js';
import type { OpenedDataset } from '../../qsl/openDataset.js';
import type { ConfigPaths } from '../../runs/configCopies.js';
import { MLPERF_CONF, USER_CONF } from '../../runs/layout.js';
import { SPHEREFACE20_NETWORK } from '../../sut/networks/sphereface20.js';
import type { SiteContent } from '../../web/server/site.js';
import { toPlainSettings } from '../../web/shared/plainSettings.js';
import { PAGE_SCENARIOS } from '../../web/shared/plannedTest.js';
import { datasetFacts } from '../benchmark/describeRun.js';
import { judgingOf, labelledPairs } from '../benchmark/judging.js';
import { readSettings } from '../benchmark/settings.js';

const MODES = ['AccuracyOnly', 'PerformanceOnly'] as const;

/**
 * What a page is to measure: the benchmark on this data set, with the settings of these files.
 *
 * @throws CONFIG_* if a file has faults
 */
export function siteContent(
  dataset: OpenedDataset,
  confs: ConfigPaths,
  takesRuns: SiteContent['takesRuns'],
): SiteContent {
  const network = SPHEREFACE20_NETWORK;
  const settingsOf = (scenario: (typeof PAGE_SCENARIOS)[number]) =>
    Object.fromEntries(
      MODES.map((mode) => [mode, toPlainSettings(readSettings(scenario, mode, network.name, confs).settings)]),
    );
  return {
    packageVersion: packageVersion(),
    network: network.name,
    dataset: { ...datasetFacts(dataset), orientationApplied: dataset.orientationApplied },
    settings: Object.fromEntries(PAGE_SCENARIOS.map((scenario) => [scenario, settingsOf(scenario)])),
    configs: configTexts(confs),
    pairs: labelledPairs(dataset),
    judging: judgingOf(network),
    takesRuns,
    faces: concatBytes(dataset.library.pairs.flatMap(({ faceA, faceB }) => [faceA, faceB])),
  };
}

/** As they stand in a run's folder. */
function configTexts({ mlperfConf, userConf }: ConfigPaths): Record<string, string> {
  return {
    [MLPERF_CONF]: readFileSync(mlperfConf, 'utf8'),
    ...(userConf === undefined ? {} : { [USER_CONF]: readFileSync(userConf, 'utf8') }),
  };
}
