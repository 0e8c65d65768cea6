import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EXIT_CODE } from '../../base/errors.js';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
/** A command that only holds others lists them under this title. */
const COMMANDS = /^Commands:\n((?: .*\n)+)/m;
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
| ${EXIT_CODE.invalid} | a run is INVALID, including after Ctrl-C; its logs are complete and say why. Or an audit failed, or a submission has findings |
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
  const subcommands = [...(COMMANDS.exec(help)?.[1] ?? '').matchAll(/^ {2}(\S.*?)(?: {2,}|$)/gm)].map(([, line = '']) =>
    nameOf(line),
  );
  const nested: string[] = [];
  for (const name of subcommands) {
    if (name !== COMPLETION) nested.push(...(await helpSections([...command, name])));
  }
  return [section, ...nested];
}

/** The command's own word: the last one that is no placeholder such as `<run>`. */
function nameOf(line: string): string {
  return line.split(' ').findLast((word) => /^[a-z-]+$/.test(word)) ?? line;
}

async function helpOf(command: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...command, '--help']);
  return stdout.replaceAll(/^ +--(help|version) .*\n/gm, '').replace(/\nOptions:\n(?=\n|$)/, '');
}
