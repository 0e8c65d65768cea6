import type { Argv } from 'yargs';
import { EXIT_CODE } from '../../base/errors.js';
import { addRun } from '../../submission/addRun.js';
import { checkSubmission } from '../../submission/checkSubmission.js';
import { faultsIn } from '../../submission/finding.js';
import { initSubmission } from '../../submission/initSubmission.js';
import { DIVISIONS, type Division } from '../../submission/names.js';
import { packSubmission } from '../../submission/packSubmission.js';
import { defineCommand } from '../command.js';
import { interruptible } from '../interruption.js';
import { argument, choice, flag, text } from '../options.js';
import { machineFacts } from '../submission/machineFacts.js';
import { privateNames } from '../submission/privateNames.js';
import { findingsList, initText } from '../submission/resultTexts.js';

/** Where in a submission's tree a system's results belong. */
export interface PlaceArguments {
  readonly tree: string;
  readonly division: Division;
  readonly submitter: string;
  readonly system: string;
}

interface AddArguments {
  readonly run: string;
  readonly tree: string;
  readonly division: Division | undefined;
  readonly submitter: string | undefined;
  readonly system: string | undefined;
}

interface PackArguments {
  readonly tree: string;
  readonly output: string;
  readonly force: boolean;
  readonly withFindings: boolean;
}

interface CheckArguments {
  readonly tree: string;
  readonly json: boolean;
}

export function withPlaceOptions<Others>(command: Argv<Others>) {
  return command
    .positional('tree', argument("The submission's folder; created if it does not exist"))
    .option('division', { ...choice(DIVISIONS, 'Division of the results'), demandOption: true })
    .option('submitter', { ...text('Your organization'), demandOption: true })
    .option('system', { ...text('A name for this machine'), demandOption: true });
}

export const initCommand = defineCommand(
  (command: Argv) =>
    withPlaceOptions(command).example(
      '$0 submission init tree --division open --submitter Example --system desktop',
      'The first step',
    ),
  init,
);

export const addCommand = defineCommand(
  (command: Argv) =>
    command
      .positional('run', argument('Folder of a complete run'))
      .option('tree', { ...text("The submission's folder"), demandOption: true })
      .option('division', choice(DIVISIONS, 'Which one, if the tree has several'))
      .option('submitter', text('Which one, if the tree has several'))
      .option('system', text('Which one, if the tree has several'))
      .example('$0 submission add runs/mine --tree tree', 'If the tree describes one system'),
  add,
);

export const checkCommand = defineCommand(
  (command: Argv) =>
    command
      .positional('tree', argument("The submission's folder"))
      .option('json', flag('Print JSON'))
      .example('$0 submission check tree', 'Exit code 3 if there is a finding')
      .epilogue('Looks for the names of host and user if they have at least 4 letters.'),
  check,
);

export const packCommand = defineCommand(
  (command: Argv) =>
    command
      .positional('tree', argument("The submission's folder"))
      .option('output', { ...text('The archive'), default: 'submission.tar.gz' })
      .option('force', flag('Overwrite an existing archive'))
      .option('with-findings', flag('Pack it even if there are findings, for others to look at'))
      .example('$0 submission pack tree --output example.tar.gz', 'Ready to send'),
  pack,
);

async function init({ tree, division, submitter, system }: PlaceArguments): Promise<void> {
  const machine = await machineFacts();
  const result = await initSubmission({ tree, division, submitter, system, machine });
  console.log(initText(result));
}

async function add({ run, tree, division, submitter, system }: AddArguments): Promise<void> {
  const request = { tree, runFolder: run, division, submitter, system, privateNames: privateNames() };
  const result = await interruptible((signal) => addRun({ ...request, signal }), 'the tree is as it was');
  for (const folder of result.folders) console.log(`${folder}: added`);
}

async function check({ tree, json }: CheckArguments): Promise<void> {
  const result = await checkSubmission({ tree, privateNames: privateNames() });
  console.log(json ? JSON.stringify({ version: 1, ...result }, undefined, 2) : findingsList(result));
  if (faultsIn(result.findings).length > 0) process.exitCode = EXIT_CODE.invalid;
}

async function pack({ tree, output, force, withFindings }: PackArguments): Promise<void> {
  const request = { tree, output, overwrite: force, withFindings, privateNames: privateNames() };
  const result = await interruptible((signal) => packSubmission({ ...request, signal }), 'there is no archive');
  console.log(`${result.output}\n  ${result.files} files, ${result.bytes} bytes, SHA-256 ${result.sha256}`);
  if (result.findings.length > 0) {
    console.error(`It has ${result.findings.length} findings: see loadgen submission check ${tree}`);
  }
}
