#!/usr/bin/env node
import yargs, { type Argv } from 'yargs';
import { hideBin } from 'yargs/helpers';
import { EXIT_CODE, LoadGenError } from '../base/errors.js';
import { addAccuracyCommand } from './commands/accuracy.js';
import { addAuditCommand } from './commands/audit.js';
import { addCompareCommand } from './commands/compare.js';
import { addExportCommand } from './commands/export.js';
import { addFetchCommand } from './commands/fetch.js';
import { addModelCommand } from './commands/model.js';
import { addPreprocessCommand } from './commands/preprocess.js';
import { addReportCommand } from './commands/report.js';
import { addRunCommand } from './commands/run.js';
import { addSubmissionCommand } from './commands/submission.js';
import { addSubmitRunCommand } from './commands/submitRun.js';
import { addSutsCommand } from './commands/suts.js';
import { addTuneCommand } from './commands/tune.js';
import { packageVersion } from './ownPackage.js';
import { exitCodeOf, printError } from './printError.js';

/** What yargs found wrong with the command line. */
class UsageError extends Error {}

process.stdout.on('error', reportLostOutput);
// Nobody is left to be told.
process.stderr.on('error', () => {});

/** The options that take several values. yargs makes a list of any other, too, that is given twice. */
const LISTS = new Set(['_', 'scenario', 'mode', 'from', 'runs']);

try {
  const commands = [
    addRunCommand,
    addPreprocessCommand,
    addAccuracyCommand,
    addCompareCommand,
    addReportCommand,
    addExportCommand,
    addAuditCommand,
    addModelCommand,
    addSutsCommand,
    addTuneCommand,
    addFetchCommand,
    addSubmissionCommand,
    addSubmitRunCommand,
  ];
  await commands
    .reduce<Argv>((cli, add) => add(cli), yargs(hideBin(process.argv)))
    .scriptName('loadgen')
    .usage('$0 COMMAND\n\nAn MLPerf-style benchmark of face networks on pairs of faces.')
    .completion('completion', 'Print a script that completes commands and options in bash or zsh')
    .demandCommand(1, 'Name a command.')
    .strictCommands()
    .strict()
    .check(checkGivenOnce, true)
    .version(packageVersion())
    .epilogue(
      `Exit codes: ${EXIT_CODE.ok} all runs VALID (accuracy runs: completed), ${EXIT_CODE.invalid} a run INVALID or a submission with findings, ` +
        `${EXIT_CODE.usage} bad usage, settings or input, ${EXIT_CODE.internal} any other failure.`,
    )
    .wrap(Math.min(process.stdout.columns ?? 80, 100))
    .fail((message: string | null, error) => {
      // There is a message if and only if the command line is at fault; else a command has thrown.
      throw message === null ? error : new UsageError(message);
    })
    .parseAsync();
} catch (thrown) {
  if (thrown instanceof UsageError) {
    console.error(`${thrown.message}\nSee loadgen --help, or loadgen COMMAND --help.`);
    process.exitCode = EXIT_CODE.usage;
  } else {
    printError(thrown);
    process.exitCode = exitCodeOf(thrown);
  }
}

/** A result that reaches nobody is none. Who reads only the beginning, as `head` does, has what was wanted. */
function reportLostOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  if (process.exitCode === undefined || process.exitCode === EXIT_CODE.ok) process.exitCode = EXIT_CODE.internal;
  printError(new LoadGenError('OUTPUT_WRITE', `cannot write the output: ${error.message}`));
}

function checkGivenOnce(options: Readonly<Record<string, unknown>>): true {
  const repeated = Object.keys(options).find((name) => Array.isArray(options[name]) && !LISTS.has(name));
  if (repeated !== undefined) throw new Error(`--${repeated} is given more than once`);
  return true;
}
