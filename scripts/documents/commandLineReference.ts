import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EXIT_CODE } from '../../base/errors.js';
import { commandNames } from '../../cli/commandWords.js';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
/** Its help would start the script that it prints. */
const COMPLETION = 'completion';

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
  const sections = await helpSections([]);
  return [INTRODUCTION, ...sections].join('\n');
}

async function helpSections(command: readonly string[]): Promise<string[]> {
  const help = await helpOf(command);
  const section = `## ${['loadgen', ...command].join(' ')}\n\n\`\`\`\n${help.trim()}\n\`\`\`\n`;
  const nested: string[] = [];
  for (const name of commandNames(help)) {
    if (name !== COMPLETION) nested.push(...(await helpSections([...command, name])));
  }
  return [section, ...nested];
}

async function helpOf(command: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...command, '--help']);
  return stdout.replaceAll(/^ +-\w, --(help|version) .*\n/gm, '').replace(/\nOptions:\n(?=\n|$)/, '');
}
