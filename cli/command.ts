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

/** A command, or several under one word. */
export interface NamedCommand {
  readonly name: string;
  /** Those under its name; empty for a command that does something itself. */
  readonly commands: readonly NamedCommand[];
  readonly addTo: (cli: Argv) => Argv;
}

/**
 * @param words the command's name and its positionals, as yargs reads them
 * @param load is called when the command is run or its help is asked for, so that no other command waits for it
 */
export function lazyCommand<Options>(
  words: string,
  description: string,
  load: () => Promise<Command<Options>>,
): NamedCommand {
  const [name = words] = words.split(' ');
  const addTo = (cli: Argv) =>
    cli.command(
      words,
      description,
      async (command: Argv) => (await load()).build(command),
      async (options) => (await load()).handle(options),
    );
  return { name, commands: [], addTo };
}

export function commandGroup(name: string, description: string, commands: readonly NamedCommand[]): NamedCommand {
  const addTo = (cli: Argv) => cli.command(name, description, (group: Argv) => addCommands(group, commands));
  return { name, commands, addTo };
}

export function addCommands(cli: Argv, commands: readonly NamedCommand[]): Argv {
  return commands.reduce((extended, command) => command.addTo(extended), cli).demandCommand(1, 'Name a command.');
}
