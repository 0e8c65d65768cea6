import { join } from 'node:path';
import type { Argv } from 'yargs';
import { EXIT_CODE } from '../../base/errors.js';
import { withRunFolder } from '../../runs/measuringFolder.js';
import { checkRunFolder } from '../../runs/runFolder.js';
import { addRun } from '../../submission/addRun.js';
import { checkSubmission } from '../../submission/checkSubmission.js';
import { faultsIn } from '../../submission/finding.js';
import { initSubmission } from '../../submission/initSubmission.js';
import { checkNames } from '../../submission/names.js';
import { defineCommand } from '../command.js';
import { type DatasetArguments, withDatasetOptions } from '../datasetOptions.js';
import { interruptible } from '../interruption.js';
import { flag, list, text } from '../options.js';
import { afterMeasuring } from '../printError.js';
import { factsOfSystem } from '../submission/machineFacts.js';
import { privateNames } from '../submission/privateNames.js';
import { findingsList, initText } from '../submission/resultTexts.js';
import { lookUpSubmissionRun, openSubmissionRun } from '../submitRun/openSubmissionRun.js';
import { printPlan } from '../submitRun/printPlan.js';
import { runSteps } from '../submitRun/runSteps.js';
import { submitSteps } from '../submitRun/submitSteps.js';
import { type SystemArguments, withSystemOptions } from '../systemOptions.js';
import type { TunedScenario } from '../tune/tuneScenario.js';
import { type PlaceArguments, withPlaceOptions } from './submission.js';

const SCENARIOS: readonly TunedScenario[] = ['SingleStream', 'Offline'];
const KEPT = 'finished tests are kept, and the same command resumes from there';

interface SubmitRunArguments extends DatasetArguments, SystemArguments, PlaceArguments {
  readonly scenario: readonly TunedScenario[];
  readonly userConf: string | undefined;
  readonly output: string | undefined;
  readonly plan: boolean;
  readonly json: boolean;
}

export const submitRunCommand = defineCommand(
  (command: Argv) =>
    withSystemOptions(withDatasetOptions(withPlaceOptions(command)))
      .option('scenario', { ...list(SCENARIOS, 'Scenarios to run'), default: SCENARIOS })
      .option('user-conf', text('Your settings, in MLPerf format (default: measured in a few seconds)'))
      .option('output', text('Folder for the logs (default: runs/submission-SYSTEM)'))
      .option('plan', flag('Print what would be made and how long it takes, and stop'))
      .option('json', flag('Print the findings, or the plan, as JSON'))
      .example(
        '$0 submit-run submission --division closed --submitter Us --system laptop --dataset ~/lfw-deepfunneled',
        'Takes more than an hour',
      )
      .example(
        '$0 submit-run submission --division open --submitter Us --system laptop --plan',
        'What it would do, and for how long',
      ),
  submitRun,
);

async function submitRun(options: SubmitRunArguments): Promise<void> {
  const { tree, division, submitter, system: systemId, json } = options;
  const place = { division, submitter, system: systemId };
  const runFolder = options.output ?? join('runs', `submission-${systemId}`);
  checkNames({ submitter, system: systemId });
  const scenarios = [...new Set(options.scenario)];
  if (options.plan) {
    await printPlan(await lookUpSubmissionRun({ ...options, runFolder, scenarios }), { tree, ...place }, json);
    return;
  }
  checkRunFolder(runFolder);
  await withRunFolder(runFolder, async () => {
    await interruptible(async (signal) => {
      const opened = await openSubmissionRun({ ...options, runFolder, scenarios }, signal);
      console.error(initText(await initSubmission({ tree, ...place, machine: await factsOfSystem(options.sut) })));
      await runSteps(submitSteps(opened), signal);
      console.error(`Adding the run to ${tree}`);
      await addRun({ tree, runFolder, ...place, privateNames: privateNames(), signal }).catch((thrown: unknown) => {
        throw afterMeasuring(thrown, EXIT_CODE.invalid);
      });
      signal.throwIfAborted();
    }, KEPT);
  });
  console.error(`Checking ${tree}`);
  const result = await checkSubmission({ tree, privateNames: privateNames() });
  console.log(json ? JSON.stringify({ version: 1, ...result }, undefined, 2) : findingsList(result));
  if (faultsIn(result.findings).length > 0) process.exitCode = EXIT_CODE.invalid;
}
