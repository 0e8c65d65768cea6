import { EXIT_CODE } from '../../base/errors.js';
import type { NamedCommand } from '../../cli/command.js';
import { helpOf } from '../../cli/commandLine.js';
import { COMMANDS } from '../../cli/commandTable.js';

/** In characters: what a page shows without scrolling. */
const WIDTH = 80;

const INTRODUCTION = `# Command line

\`npx loadgen COMMAND\`, in a clone or where the package is installed. Results go to standard output, progress and messages
to standard error. Progress bars and colours appear only on a terminal, and not if \`NO_COLOR\` is set.

## Exit codes

| exit code | meaning |
|---|---|
| ${EXIT_CODE.ok} | all performance tests are VALID, all accuracy tests completed |
| ${EXIT_CODE.internal} | another failure, such as a download or a full disk |
| ${EXIT_CODE.usage} | bad usage, settings or input: nothing was measured |
| ${EXIT_CODE.invalid} | a run is INVALID, including after Ctrl-C; its logs are complete and say why. Or an audit failed, a submission has findings, or the command was interrupted |
| ${EXIT_CODE.exceeded} | a threshold of \`compare --fail-if\` is shown to be exceeded |
| 130 | interrupted before any work needed cleanup |

[Errors](errors.md) lists the exit code of each error.
`;

/** docs/command-line.md: the help of every command, as the command prints it. */
export async function commandLineReference(): Promise<string> {
  const sections = await helpSections([], COMMANDS);
  return [INTRODUCTION, ...sections].join('\n');
}

async function helpSections(command: readonly string[], nested: readonly NamedCommand[]): Promise<string[]> {
  const help = printedHelp(await helpOf(command, WIDTH));
  const section = `## ${['loadgen', ...command].join(' ')}\n\n\`\`\`\n${help.trim()}\n\`\`\`\n`;
  const sections = [section];
  for (const { name, commands } of nested) sections.push(...(await helpSections([...command, name], commands)));
  return sections;
}

/** As the command prints it, without the options that every command has. */
function printedHelp(help: string): string {
  return help.replaceAll(/^ +-\w, --(help|version) .*\n?/gm, '').replace(/\nOptions:\n(?=\n|$)/, '');
}
