import { didYouMean } from '../base/closestName.js';

/**
 * A message of yargs about the command line, with what was probably meant.
 *
 * @param args as they were typed
 * @param helpOfCommand asked only where it tells more, because it takes longer than all else
 */
export async function explainUsage(
  message: string,
  args: readonly string[],
  helpOfCommand: () => Promise<string>,
): Promise<string> {
  if (!/^(Unknown argument|Not enough non-option|Missing required)/.test(message)) return withCloseChoices(message);
  const help = await helpOfCommand();
  const options = [...help.matchAll(/^ +(?:-\w, )?--([\w-]+)/gm)].map(([, name = '']) => name);
  const suggest = (name: string) => didYouMean(name, options).replace('mean ', 'mean --');
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(', ');
  if (unknown !== undefined) {
    // yargs lists --user-cnf also as userCnf.
    const names = unknown.filter((name) => !unknown.some((other) => other !== name && camelCase(other) === name));
    return names.map((name) => `Unknown argument: ${name}${suggest(name)}`).join('\n');
  }
  if (message.startsWith('Not enough non-option')) return `${message}\nUsage: ${help.split('\n', 1)[0]}`;
  const mistyped = args
    .flatMap((arg) => /^--([\w-]+)/.exec(arg)?.[1] ?? [])
    .filter((name) => !options.includes(name) && !options.map(camelCase).includes(name));
  return [message, ...mistyped.map((name) => `Unknown argument: ${name}${suggest(name)}`)].join('\n');
}

/** Behind each value that is no choice, the one that was probably meant. */
function withCloseChoices(message: string): string {
  return message.replaceAll(/Given: (.*), Choices: (.*)$/gm, (line, given: string, choices: string) => {
    const known = quoted(choices);
    return (
      line +
      quoted(given)
        .map((name) => didYouMean(name, known))
        .join('')
    );
  });
}

function quoted(list: string): string[] {
  return [...list.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name);
}

function camelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
