import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  ['a missing value', ['run', '--sut'], /^Not enough arguments following: sut/],
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
  ['accuracy of no folder', ['accuracy'], /^Not enough non-option arguments/],
];

for (const [what, args, message] of FAULTY) {
  test(`${what} is refused, with exit code 2 and where to look`, async () => {
    const { exitCode, stdout, stderr } = await loadgen(args);
    assert.equal(exitCode, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, message);
    assert.match(stderr, /See loadgen --help, or loadgen COMMAND --help\.\n$/);
  });
}
