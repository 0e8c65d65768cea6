import type { Argv } from 'yargs';
import { EXIT_CODE } from '../base/errors.js';
import { packageVersion } from '../platform/node/packages.js';
import { checkOptionValues } from './checkOptionValues.js';
import { addCommands } from './command.js';
import { COMMANDS, COMPLETION } from './commandTable.js';
import { checkCommandWords } from './commandWords.js';
import { explainUsage } from './explainUsage.js';
import { UsageError } from './printError.js';
import yargs from './yargs.js';

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
  const checked = await checkCommandWords(typed, helpOf);
  const args = joinDashes(checked.args);
  try {
    await commandLine(args)
      .middleware((options) => checkOptionValues(args, options), true)
      .fail((message: string | null, error) => {
        // There is a message if and only if the command line is at fault; else a command has thrown.
        throw message === null ? error : new UsageError(message);
      })
      .parseAsync();
  } catch (thrown) {
    throw thrown instanceof UsageError
      ? new UsageError(await explainUsage(thrown.message, args, () => helpOf(checked.command)))
      : thrown;
  }
}

/** The help of a command, or of the program for no words. */
export function helpOf(words: readonly string[], width?: number): Promise<string> {
  return commandLine(words, width).getHelp();
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

/** The widest that help is wrapped at, and where there is no terminal. */
const MAX_WIDTH = 100;
const DEFAULT_WIDTH = 80;

export function commandLine(args: readonly string[], width = process.stdout.columns ?? DEFAULT_WIDTH): Argv {
  return (
    addCommands(yargs(args), COMMANDS)
      .scriptName('loadgen')
      // Else yargs would speak the user's language where it knows it, amid our English.
      .detectLocale(false)
      .usage('$0 COMMAND\n\nAn MLPerf-style benchmark of face networks on pairs of faces.')
      .completion(COMPLETION, 'Print a script that completes commands and options in bash or zsh')
      .parserConfiguration({ 'dot-notation': false })
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
      .wrap(Math.min(width, MAX_WIDTH))
  );
}

function checkGivenOnce(options: Readonly<Record<string, unknown>>): true {
  const repeated = Object.keys(options).find((name) => Array.isArray(options[name]) && !LISTS.has(name));
  if (repeated !== undefined) throw new Error(`--${repeated} is given more than once`);
  return true;
}
