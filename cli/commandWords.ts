/** What is read from the command line before yargs: which command it names, and whether there is one. */

import { didYouMean } from '../base/closestName.js';
import { UsageError } from './printError.js';

/** A command that only holds others lists them under this title. */
const COMMANDS = /^Commands:\n((?: .*\n)+)/m;

/** Prints the help of a command, or of the program for no words. */
export type HelpOf = (words: readonly string[]) => Promise<string>;

/** The commands that a help text lists. */
export function commandNames(help: string): string[] {
  const lines = [...(COMMANDS.exec(help)?.[1] ?? '').matchAll(/^ {2}(\S.*?)(?: {2,}|$)/gm)];
  // The last word that is no placeholder such as `<run>`.
  return lines.flatMap(([, line = '']) => line.split(' ').findLast((word) => /^[a-z-]+$/.test(word)) ?? []);
}

export interface CheckedWords {
  /** For yargs, without a leading `help`. */
  readonly args: readonly string[];
  /** The command that they name: one word, two for one of a group, none for the program. */
  readonly command: readonly string[];
}

/**
 * The arguments for yargs, which would take the first word that is a command for one, wherever it stands: `help run`
 * becomes `run --help`.
 *
 * @throws UsageError if a word is no command, or no command is named where there are several
 */
export async function checkCommandWords(args: readonly string[], helpOf: HelpOf): Promise<CheckedWords> {
  const isHelp = args[0] === 'help';
  const words = isHelp ? args.slice(1) : args;
  const command: string[] = [];
  for (;;) {
    const help = await helpOf(command);
    const names = commandNames(help);
    if (names.length === 0) break;
    const word = words[command.length];
    if (word === undefined && !isHelp) throw new UsageError(`Name a command.\n\n${help.trim()}\n`);
    if (word === undefined || word.startsWith('-')) break;
    if (!names.includes(word)) throw new UsageError(`Unknown command: ${word}${didYouMean(word, names)}`);
    command.push(word);
  }
  return { args: isHelp ? [...command, '--help'] : args, command };
}
