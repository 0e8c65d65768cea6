/** What `loadgen submit-run` does in a run's folder, `out`, for an engine of our examples and tests of no length. */
import { describeRun, runRequestOf } from '../../../cli/benchmark/describeRun.js';
import { planTests } from '../../../cli/benchmark/planTests.js';
import { runSteps } from '../../../cli/submitRun/runSteps.js';
import { submitSteps } from '../../../cli/submitRun/submitSteps.js';
import { packageFile } from '../../../platform/node/packages.js';
import { openDataset } from '../../../qsl/openDataset.js';
import { copyConfigFiles } from '../../../runs/configCopies.js';
import { withRunFolder } from '../../../runs/measuringFolder.js';
import { readRunJson } from '../../../runs/runJson.js';
import { networkInputOf } from '../../../sut/networks/network.js';
import { SPHEREFACE20_NETWORK } from '../../../sut/networks/sphereface20.js';
import { plainSystem } from '../../cli/plainSystem.js';
import { ENGINE } from './averagePooling.js';

const runFolder = 'out';
const scenarios = ['Offline'] as const;
const confs = { mlperfConf: packageFile('mlperf.conf'), userConf: 'user.conf' };
const network = SPHEREFACE20_NETWORK.name;
const unset = { pairs: undefined, set: undefined, skipMissing: false, applyOrientation: false };
const datasetOptions = { network, dataset: 'synthetic', pairsFile: 'pairs.txt', ...unset };
const system = plainSystem(ENGINE, { workers: 0, warmUp: 1, unverified: true });
const reportedSutName = 'average-pooling';
const { signal } = new AbortController();

await withRunFolder(runFolder, async () => {
  const dataset = await openDataset({ ...datasetOptions, ...networkInputOf(SPHEREFACE20_NETWORK) });
  const modes = ['AccuracyOnly', 'PerformanceOnly'] as const;
  const { tests } = planTests({ scenarios, modes, network, confs, auditConfig: undefined });
  const request = runRequestOf(system, reportedSutName, datasetOptions);
  const id = (await readRunJson(runFolder))?.id;
  const runId = describeRun(runFolder, { network, reportedSutName, quick: false, dataset, request, tests, id });
  copyConfigFiles(runFolder, confs);
  const responseTimeoutMs = undefined;
  const setup = { system, reportedSutName, dataset, datasetOptions, runFolder, runId, responseTimeoutMs, signal };
  await runSteps(submitSteps({ setup, scenarios, needsAudits: false }), signal);
});
