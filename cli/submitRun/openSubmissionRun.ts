import { LoadGenError } from '../../base/errors.js';
import { deriveEffectiveSettings } from '../../loadgen/index.js';
import { effectiveSettingsInLog } from '../../loadgen/logs/settingsEntries.js';
import type { LibraryFacts } from '../../loadgen/querySampleLibrary.js';
import { packageFile } from '../../platform/node/packages.js';
import { lookUpDataset } from '../../qsl/openDataset.js';
import { type ConfigPaths, copyConfigFiles } from '../../runs/configCopies.js';
import { MLPERF_CONF, USER_CONF } from '../../runs/layout.js';
import { readRunJson } from '../../runs/runJson.js';
import { checkPlan } from '../../submission/checkPlan.js';
import { faultsIn, findingText } from '../../submission/finding.js';
import type { Division } from '../../submission/names.js';
import { privateFindings } from '../../submission/privateText.js';
import { isPluginName } from '../../sut/findSystem.js';
import { networkInputOf } from '../../sut/networks/network.js';
import type { Placement } from '../../sut/placement.js';
import { checkSystemName } from '../../sut/systemsUnderTest.js';
import { describeRun, logNotes, runRequestOf } from '../benchmark/describeRun.js';
import { openBenchmarkDataset, printDatasetNotes } from '../benchmark/openBenchmarkDataset.js';
import { type PlannedTest, planTests } from '../benchmark/planTests.js';
import { readConfigFile } from '../benchmark/settings.js';
import { placementFor, type SystemChoice } from '../benchmark/systemChoice.js';
import type { DatasetArguments } from '../datasetOptions.js';
import { privateNames } from '../submission/privateNames.js';
import { checkSystem } from '../supervision/supervisedSystems.js';
import { type SystemArguments, systemChoiceOf } from '../systemOptions.js';
import type { TunedScenario } from '../tune/tuneScenario.js';
import type { SubmissionPlan } from './plannedSteps.js';
import { configForResume } from './resumeRun.js';
import type { OpenedSubmission } from './submitSteps.js';

export interface SubmissionRunOptions extends DatasetArguments, SystemArguments {
  readonly division: Division;
  readonly scenarios: readonly TunedScenario[];
  readonly userConf: string | undefined;
  readonly runFolder: string;
}

/**
 * Opens the run's folder, new or begun before, for what these options ask. Throws `SUBMIT_PLAN` with all that would keep
 * the run out of a submission and is known by now, `SUBMIT_OTHER_RUN`, and what opening system and data set throws.
 */
export async function openSubmissionRun(options: SubmissionRunOptions, signal: AbortSignal): Promise<OpenedSubmission> {
  const { network, division, scenarios, runFolder } = options;
  const { confs: given, tests, system, placements } = wantedTests(options);
  const { name: reportedSutName, configuration } = await checkSystem(system, placements, signal);
  const dataset = await openBenchmarkDataset(options, tests, signal);
  const notes = { sut_name: reportedSutName, ...logNotes(dataset, configuration) };
  rejectIneligible(options, tests, dataset.library, notes);
  const request = runRequestOf(system, reportedSutName, options);
  const datasetSha256 = dataset.digest;
  const wanted = { network, reportedSutName, request, confs: given, datasetSha256, configuration };
  const confs = await configForResume(runFolder, wanted);
  const id = (await readRunJson(runFolder))?.id;
  const runId = describeRun(runFolder, { network, reportedSutName, quick: false, dataset, request, tests, id });
  copyConfigFiles(runFolder, confs);
  const setup = {
    system,
    reportedSutName,
    dataset,
    datasetOptions: options,
    runFolder,
    runId,
    responseTimeoutMs: undefined,
    signal,
  };
  return { setup, scenarios, needsAudits: division === 'closed' };
}

export interface SubmissionOutlook extends SubmissionPlan {
  /** In which faces have yet to be looked for. */
  readonly missingImages: number;
}

/**
 * What `openSubmissionRun` would open, as far as that can be told without running anything of the system, looking for
 * faces or writing. Throws as that does.
 */
export async function lookUpSubmissionRun(options: SubmissionRunOptions): Promise<SubmissionOutlook> {
  const { network, division, scenarios, runFolder } = options;
  const { confs: given, tests, system, placements } = wantedTests(options);
  checkSystemName(system.sutName, placements);
  const dataset = await lookUpDataset({ ...options, ...networkInputOf(system.network) });
  printDatasetNotes(dataset);
  const { library, missingImages, digest: datasetSha256 } = dataset;
  rejectIneligible(options, tests, library, undefined);
  const reportedSutName = isPluginName(system.sutName) ? undefined : system.sutName;
  const request = runRequestOf(system, reportedSutName, options);
  const wanted = { network, reportedSutName, request, confs: given, datasetSha256, configuration: undefined };
  const confs = await configForResume(runFolder, wanted);
  const plan = { network: system.network, library, runFolder, confs: () => confs, scenarios };
  return { ...plan, needsAudits: division === 'closed', missingImages };
}

interface WantedTests {
  readonly confs: ConfigPaths;
  readonly tests: readonly PlannedTest[];
  readonly system: SystemChoice;
  readonly placements: readonly Placement[];
}

function wantedTests({ scenarios, network, userConf, ...options }: SubmissionRunOptions): WantedTests {
  const confs = { mlperfConf: packageFile(MLPERF_CONF), userConf };
  const modes = ['AccuracyOnly', 'PerformanceOnly'] as const;
  const { tests, notices } = planTests({ scenarios, modes, network, confs, auditConfig: undefined });
  for (const notice of notices) console.error(notice);
  const system = systemChoiceOf({ ...options, network });
  return { confs, tests, system, placements: tests.map(({ settings }) => placementFor(settings, system)) };
}

/** @param notes what logs would say of system and data; undefined where that is not known yet */
function rejectIneligible(
  { division, network, userConf }: SubmissionRunOptions,
  tests: readonly PlannedTest[],
  library: LibraryFacts,
  notes: Readonly<Record<string, string>> | undefined,
): void {
  const published = userConf === undefined ? '' : readConfigFile('user', userConf).text;
  const ofTests = tests
    .filter(({ mode }) => mode === 'PerformanceOnly')
    .flatMap(({ scenario, settings }) => {
      const planned = effectiveSettingsInLog(deriveEffectiveSettings(settings, library));
      const entries = { ...notes, qsl_reported_total_count: library.totalSampleCount, ...planned };
      return checkPlan({ division, network, scenario, entries, isSystemKnown: notes !== undefined });
    });
  const findings = [...privateFindings(USER_CONF, published, privateNames()), ...ofTests];
  const faults = faultsIn(findings);
  if (faults.length === 0) {
    for (const finding of findings) console.error(findingText(finding));
    return;
  }
  const list = faults.map((finding) => `\n  ${findingText(finding)}`).join('');
  throw new LoadGenError('SUBMIT_PLAN', `a run with these options cannot be submitted:${list}`, {
    hint: 'Nothing was run.',
  });
}
