import type { ArgumentsCamelCase, Argv } from 'yargs';

/** What a command takes, and what it does with it. */
export interface Command<Options> {
  readonly build: (command: Argv) => Argv<Options>;
  readonly handle: (options: ArgumentsCamelCase<Options>) => void | Promise<void>;
}

/** Lets the compiler find the type of the options. */
export function defineCommand<Options>(
  build: Command<Options>['build'],
  handle: Command<Options>['handle'],
): Command<Options> {
  return { build, handle };
}

/** Adds a command, or several under one word, to a command line. */
export type AddCommand = (cli: Argv) => Argv;

/**
 * @param words the command's name and its positionals, as yargs reads them
 * @param load is called when the command is run or its help is asked for, so that no other command waits for it
 */
export function lazyCommand<Options>(
  words: string,
  description: string,
  load: () => Promise<Command<Options>>,
): AddCommand {
  return (cli) =>
    cli.command(
      words,
      description,
      async (command: Argv) => (await load()).build(command),
      async (options) => (await load()).handle(options),
    );
}

export function commandGroup(word: string, description: string, commands: readonly AddCommand[]): AddCommand {
  return (cli) => cli.command(word, description, (group: Argv) => addCommands(group, commands));
}

export function addCommands(cli: Argv, commands: readonly AddCommand[]): Argv {
  return commands.reduce((extended, add) => add(extended), cli).demandCommand(1, 'Name a command.');
}
