/** What is read from the command line before yargs: which command it names, and whether there is one. */

import { didYouMean } from '../base/closestName.js';
import { COMMANDS, COMPLETION } from './commandTable.js';
import { UsageError } from './printError.js';

/** Prints the help of a command, or of the program for no words. */
export type HelpOf = (words: readonly string[]) => Promise<string>;

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
  let known = COMMANDS;
  while (known.length > 0) {
    const word = words[command.length];
    if (word === undefined && !isHelp) {
      throw new UsageError(`Name a command.\n\n${(await helpOf(command)).trim()}\n`);
    }
    if (word === undefined || word.startsWith('-')) break;
    const names = [...known.map(({ name }) => name), ...(known === COMMANDS ? [COMPLETION] : [])];
    if (!names.includes(word)) throw new UsageError(`Unknown command: ${word}${didYouMean(word, names)}`);
    command.push(word);
    known = known.find(({ name }) => name === word)?.commands ?? [];
  }
  return { args: isHelp ? [...command, '--help'] : args, command };
}
