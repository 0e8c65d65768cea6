import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NamedCommand } from '../../cli/command.js';
import { helpOf, runCommandLine } from '../../cli/commandLine.js';
import { COMMANDS } from '../../cli/commandTable.js';
import { UsageError } from '../../cli/printError.js';
import { loadgen } from './loadgen.js';

const FAULTY: readonly [string, readonly string[], RegExp][] = [
  ['no command', [], /^Name a command\./],
  ['an unknown command', ['measure'], /^Unknown command: measure/],
  ['an unknown option', ['run', '--fast'], /^Unknown argument: fast/],
  ['an unknown scenario', ['run', '--scenario', 'Sideways'], /scenario, Given: "Sideways", Choices: "SingleStream"/],
  [
    'an unknown network',
    ['run', '--network', 'vgg'],
    /network, Given: "vgg", Choices: "sphereface20", "mobilefacenet"/,
  ],
  ['no subcommand', ['submission'], /^Name a command\.\n\n(?:.*\n)*Commands:\n {2}loadgen submission init/],
  ['a mistyped command', ['rum'], /^Unknown command: rum\. Did you mean run\?/],
  ['a mistyped command after help', ['help', 'comprae'], /^Unknown command: comprae\. Did you mean compare\?/],
  ['a mistyped subcommand', ['model', 'exprot'], /^Unknown command: exprot\. Did you mean export\?/],
  ['a word before a command', ['please', 'run'], /^Unknown command: please\n/],
  ['a word before a subcommand', ['submission', 'x', 'check', 'y'], /^Unknown command: x\n/],
  ['a mistyped option', ['run', '--user-cnf', 'a'], /^Unknown argument: user-cnf\. Did you mean --user-conf\?\n/],
  [
    'an option with one dash',
    ['run', '-scenario', 'Offline'],
    /^Unknown argument: -scenario\. Did you mean --scenario\?/,
  ],
  ['a negated option', ['run', '--no-pairs'], /^Unknown argument: no-pairs\. Did you mean --pairs\?/],
  ['an option of an option', ['run', '--pairs.x', '3'], /^Unknown argument: pairs\.x\. Did you mean --pairs\?/],
  ['a scenario in other letters', ['run', '--scenario', 'offline'], /Given: "offline", .*\. Did you mean Offline\?/],
  ['a mistyped asset', ['fetch', 'lwf'], /Given: "lwf", .*\. Did you mean lfw\?/],
  [
    'a mistyped option that is required',
    ['model', 'export', '--fromat', 'onnx', '--output', 'x'],
    /^Missing required argument: format\nUnknown argument: fromat\. Did you mean --format\?/,
  ],
  ['what stands behind two dashes', ['run', '--', 'x'], /^Unknown argument: --\n/],
  ['an empty value', ['run', '--output', ''], /^--output: found no value, expected one/],
  ['a number that is none', ['run', '--pairs', 'many'], /^--pairs: found "many", expected a number/],
  ['an endless number', ['run', '--pairs', 'Infinity'], /^--pairs: found "Infinity", expected a number/],
  ['a value for a flag', ['run', '--quick=maybe'], /^--quick: found the value "maybe", expected none/],
  ['an option given twice', ['run', '--output', 'a', '--output', 'b'], /^--output is given more than once/],
  ['--quick with --pairs', ['run', '--quick', '--pairs', '6'], /^--quick and --pairs exclude each other/],
  ['--quick with --user-conf', ['run', '--quick', '--user-conf', 'x'], /^--quick and --user-conf exclude each other/],
  ['--quick with --mode', ['run', '--quick', '--mode', 'AccuracyOnly'], /^--quick and --mode exclude each other/],
  ['--pairs with --set', ['run', '--pairs', '6', '--set', '1'], /pairs and set are mutually exclusive/],
  ['half a worker', ['run', '--workers', '0.5'], /^--workers must be a whole number/],
  ['no threads', ['run', '--threads', '0'], /^--threads must be 1 or more/],
  ['an unknown precision', ['run', '--precision', 'fp64'], /Invalid values:/],
  ['a response timeout of 0', ['run', '--response-timeout', '0'], /^--response-timeout must be above 0/],
  ['workers for tune', ['tune', '--workers', '2'], /^tune finds --workers, --threads and --batch/],
  ['a fetch of nothing', ['fetch'], /^Not enough non-option arguments/],
  ['a fetch of what is not known', ['fetch', 'imagenet'], /asset, Given: "imagenet", Choices: "lfw"/],
  ['a mirror for MTCNN', ['fetch', 'mtcnn', '--mirror', 'http://a/'], /^--from and --mirror do not apply to mtcnn/],
  ['a mirror given twice', ['fetch', 'lfw', '--mirror', 'a', '--mirror', 'b'], /^--mirror is given more than once/],
  ['pairs of no folder', ['pairs'], /^Not enough non-option arguments.*\nUsage: loadgen pairs <folder>\n/],
  ['half a pair', ['pairs', 'x', '--same', '1.5'], /^--same must be a whole number/],
  ['less than no pairs', ['pairs', 'x', '--different', '-1'], /^--different must be a whole number/],
  ['no pair at all', ['pairs', 'x', '--same', '0', '--different', '0'], /^--same and --different are both 0/],
  ['a seed that is too large', ['pairs', 'x', '--seed', '4294967296'], /^--seed must be a whole number from 0 to/],
  ['accuracy of no folder', ['accuracy'], /^Not enough non-option arguments.*\nUsage: loadgen accuracy <logdir>\n/],
];

for (const [what, args, message] of FAULTY) {
  test(`${what} is refused`, async () => {
    await assert.rejects(runCommandLine(args), (thrown) => {
      assert.ok(thrown instanceof UsageError, String(thrown));
      assert.match(`${thrown.message}\n`, message);
      return true;
    });
  });
}

test('what is refused ends the command with exit code 2, and says where to look', async () => {
  const { exitCode, stdout, stderr } = await loadgen(['run', '--fast']);
  assert.equal(exitCode, 2, stderr);
  assert.equal(stdout, '');
  assert.equal(stderr, 'Unknown argument: fast\nSee loadgen --help, or loadgen COMMAND --help.\n');
});

test('every option of every command that takes a value is refused without one', async () => {
  const options = (await Promise.all((await helpsOfCommands()).map(refuseOptions))).flat();
  assert.ok(options.length > 60, options.join('\n'));
});

interface CommandHelp {
  readonly words: readonly string[];
  readonly help: string;
}

async function helpsOfCommands(
  words: readonly string[] = [],
  commands: readonly NamedCommand[] = COMMANDS,
): Promise<CommandHelp[]> {
  if (commands.length === 0) return [{ words, help: await helpOf(words) }];
  return (await Promise.all(commands.map(({ name, commands }) => helpsOfCommands([...words, name], commands)))).flat();
}

/** @returns the options */
async function refuseOptions({ words, help }: CommandHelp): Promise<string[]> {
  // A long example is broken, so that one of its lines may begin with an option.
  const [aboutOptions = ''] = help.split('\nExamples:\n', 1);
  const options = [...aboutOptions.matchAll(/^ +--([\w-]+)((?:\n {10,}|[^\n])*)/gm)]
    .filter(([, , about = '']) => !about.includes('[boolean]'))
    .map(([, name = '']) => `--${name}`);
  const positionals = (help.split('\n', 1)[0] ?? '').match(/<[^>]+>/g) ?? [];
  for (const option of options) {
    for (const args of [[option], [`${option}=`], [option, ''], [option, '--json']]) {
      const refused = runCommandLine([...words, ...positionals.map(() => 'x'), ...args]);
      await assert.rejects(refused, { message: `${option}: found no value, expected one` }, words.join(' '));
    }
  }
  return options;
}
