import yargs, { type Argv } from 'yargs';
import { EXIT_CODE } from '../base/errors.js';
import { checkOptionValues } from './checkOptionValues.js';
import { addAccuracyCommand } from './commands/accuracy.js';
import { addAuditCommand } from './commands/audit.js';
import { addCompareCommand } from './commands/compare.js';
import { addDuelCommand } from './commands/duel.js';
import { addExportCommand } from './commands/export.js';
import { addFetchCommand } from './commands/fetch.js';
import { addModelCommand } from './commands/model.js';
import { addPairsCommand } from './commands/pairs.js';
import { addPreprocessCommand } from './commands/preprocess.js';
import { addReportCommand } from './commands/report.js';
import { addResultsCommand } from './commands/results.js';
import { addRunCommand } from './commands/run.js';
import { addServeModelCommand } from './commands/serveModel.js';
import { addSubmissionCommand } from './commands/submission.js';
import { addSubmitRunCommand } from './commands/submitRun.js';
import { addSutsCommand } from './commands/suts.js';
import { addTuneCommand } from './commands/tune.js';
import { checkCommandWords } from './commandWords.js';
import { explainUsage } from './explainUsage.js';
import { packageVersion } from './ownPackage.js';
import { UsageError } from './printError.js';

/** The options that take several values. yargs makes a list of any other, too, that is given twice. */
const LISTS = new Set([
  'against',
  'failIf',
  'fail-if',
  '_',
  'scenario',
  'mode',
  'from',
  'runs',
  'folders',
  'contestants',
]);

/**
 * Runs the command that the arguments name.
 *
 * @throws UsageError if they are at fault, and what the command throws
 */
export async function runCommandLine(typed: readonly string[]): Promise<void> {
  const args = joinDashes(await checkCommandWords(typed, (words) => commandLine(words).getHelp()));
  const cli = commandLine(args);
  try {
    await cli
      .middleware((options) => checkOptionValues(args, options), true)
      .fail((message: string | null, error) => {
        // There is a message if and only if the command line is at fault; else a command has thrown.
        throw message === null ? error : new UsageError(message);
      })
      .parseAsync();
  } catch (thrown) {
    throw thrown instanceof UsageError
      ? new UsageError(explainUsage(thrown.message, args, await cli.getHelp()))
      : thrown;
  }
}

/** `--csv -` as `--csv=-`: yargs takes a dash alone for a word. */
function joinDashes(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (arg === '-' && isOption(args[index - 1])) return [];
    return args[index + 1] === '-' && isOption(arg) ? [`${arg}=-`] : [arg];
  });
}

function isOption(arg: string | undefined): boolean {
  return arg !== undefined && /^--[^=]+$/.test(arg);
}

export function commandLine(args: readonly string[]): Argv {
  const commands = [
    addRunCommand,
    addPreprocessCommand,
    addPairsCommand,
    addAccuracyCommand,
    addCompareCommand,
    addDuelCommand,
    addReportCommand,
    addResultsCommand,
    addExportCommand,
    addAuditCommand,
    addModelCommand,
    addSutsCommand,
    addTuneCommand,
    addServeModelCommand,
    addFetchCommand,
    addSubmissionCommand,
    addSubmitRunCommand,
  ];
  return commands
    .reduce<Argv>((cli, add) => add(cli), yargs(args))
    .scriptName('loadgen')
    .usage('$0 COMMAND\n\nAn MLPerf-style benchmark of face networks on pairs of faces.')
    .completion('completion', 'Print a script that completes commands and options in bash or zsh')
    .parserConfiguration({ 'dot-notation': false })
    .demandCommand(1, 'Name a command.')
    .strict()
    .check(checkGivenOnce, true)
    .help()
    .version(packageVersion())
    .alias({ h: 'help', v: 'version' })
    .epilogue(
      `Exit codes: ${EXIT_CODE.ok} all runs VALID (accuracy runs: completed), ${EXIT_CODE.invalid} a run INVALID or a submission with findings, ` +
        `${EXIT_CODE.exceeded} a threshold of --fail-if exceeded, ` +
        `${EXIT_CODE.usage} bad usage, settings or input, ${EXIT_CODE.internal} any other failure.`,
    )
    .wrap(Math.min(process.stdout.columns ?? 80, 100));
}

function checkGivenOnce(options: Readonly<Record<string, unknown>>): true {
  const repeated = Object.keys(options).find((name) => Array.isArray(options[name]) && !LISTS.has(name));
  if (repeated !== undefined) throw new Error(`--${repeated} is given more than once`);
  return true;
}
