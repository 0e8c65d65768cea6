import { join } from 'node:path';
import type { Argv } from 'yargs';
import { EXIT_CODE } from '../../base/errors.js';
import { addRun, checkSubmission, type Division, initSubmission } from '../../reports/index.js';
import { checkSystemUnderTest } from '../../sut/index.js';
import { keepConfigFiles } from '../benchmark/keptConfigFiles.js';
import { openBenchmarkDataset } from '../benchmark/openBenchmarkDataset.js';
import { planTests } from '../benchmark/planTests.js';
import { writeRunFacts } from '../benchmark/runFile.js';
import { checkRunFolder } from '../benchmark/runFolder.js';
import { runRequestOf } from '../benchmark/runRequest.js';
import { placementFor } from '../benchmark/systemChoice.js';
import { type DatasetArguments, withDatasetOptions } from '../datasetOptions.js';
import { interruptible } from '../interruption.js';
import { packageFile } from '../packageFiles.js';
import { findingsList } from '../submission/findingsList.js';
import { initText } from '../submission/initText.js';
import { machineFacts } from '../submission/machineFacts.js';
import { withPlaceOptions } from '../submission/placeOptions.js';
import { privateNames } from '../submission/privateNames.js';
import { confsToGoOnWith } from '../submitRun/begunRun.js';
import { runSteps } from '../submitRun/runSteps.js';
import { measuringSteps, type SubmissionPlan } from '../submitRun/submitSteps.js';
import { type SystemArguments, systemChoiceOf, withSystemOptions } from '../systemOptions.js';
import type { TunedScenario } from '../tune/tuneScenario.js';

const SCENARIOS: readonly TunedScenario[] = ['SingleStream', 'Offline'];
const KEPT = 'what was finished is kept; the same command goes on from there';

interface SubmitRunArguments extends DatasetArguments, SystemArguments {
  readonly tree: string;
  readonly division: Division;
  readonly submitter: string;
  readonly system: string;
  readonly scenario: readonly TunedScenario[];
  readonly userConf: string | undefined;
  readonly output: string | undefined;
  readonly json: boolean;
}

export function addSubmitRunCommand(cli: Argv): Argv {
  return cli.command(
    'submit-run <tree>',
    'Run all that a submission takes, put it into its tree, and check that',
    (command: Argv) =>
      withSystemOptions(withDatasetOptions(withPlaceOptions(command)))
        .option('scenario', {
          type: 'string',
          array: true,
          choices: SCENARIOS,
          default: SCENARIOS,
          describe: 'What to run',
        })
        .option('user-conf', {
          type: 'string',
          describe: 'Your settings, in MLPerf format (default: made of what the system does in some seconds)',
          requiresArg: true,
        })
        .option('output', {
          type: 'string',
          describe: 'Folder for the logs (default: runs/submission-SYSTEM)',
          requiresArg: true,
        })
        .option('json', { type: 'boolean', default: false, describe: 'Print what the check finds as JSON' })
        .example(
          '$0 submit-run submission --division closed --submitter Us --system laptop --dataset lfw',
          'An hour and more',
        ),
    (options) => submitRun(options),
  );
}

async function submitRun(options: SubmitRunArguments): Promise<void> {
  const { tree, division, submitter, system: systemId, json } = options;
  const place = { division, submitter, system: systemId };
  const described = await initSubmission({ tree, ...place, machine: await machineFacts() });
  if (!json) console.error(initText(described));
  const runFolder = options.output ?? join('runs', `submission-${systemId}`);
  checkRunFolder(runFolder);
  await interruptible(async (signal) => {
    const plan = await openPlan(options, runFolder, signal);
    await runSteps(measuringSteps(plan), signal);
  }, KEPT);
  await addRun({ tree, runFolder, ...place, privateNames: privateNames() });
  const result = await checkSubmission({ tree, privateNames: privateNames() });
  console.log(json ? JSON.stringify({ version: 1, ...result }, undefined, 2) : findingsList(result));
  if (result.findings.length > 0) process.exitCode = EXIT_CODE.invalid;
}

/** Opens the run's folder, new or begun before, for what these options ask. */
async function openPlan(options: SubmitRunArguments, runFolder: string, signal: AbortSignal): Promise<SubmissionPlan> {
  const { network, userConf, division } = options;
  const scenarios = [...new Set(options.scenario)];
  const given = { mlperfConf: packageFile('mlperf.conf'), userConf };
  const { tests, notices } = planTests({
    scenarios,
    modes: ['AccuracyOnly', 'PerformanceOnly'],
    network,
    confs: given,
    auditConfig: undefined,
  });
  for (const notice of notices) console.error(notice);
  const system = systemChoiceOf(options);
  const placements = tests.map(({ settings }) => placementFor(settings, system));
  const { name: reportedSutName } = await checkSystemUnderTest(system.sutName, { ...system, placements });
  const dataset = await openBenchmarkDataset(options, tests, signal);
  const request = runRequestOf(system, reportedSutName, options);
  const datasetSha256 = dataset.digest;
  const confs = confsToGoOnWith(runFolder, { network, reportedSutName, request, confs: given, datasetSha256 });
  writeRunFacts(runFolder, { network, reportedSutName, quick: false, dataset, request });
  keepConfigFiles(runFolder, confs);
  const setup = { system, reportedSutName, dataset, runFolder, responseTimeoutMs: undefined, signal };
  return { setup, scenarios, needsAudits: division === 'closed' };
}
