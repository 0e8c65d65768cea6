import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { helpOf } from '../../cli/commandLine.js';
import { loadgen } from './loadgen.js';

const WITH_EXAMPLES: readonly [readonly string[], RegExp][] = [
  [['--help'], /Exit codes: 0 .* 3 .*\n?.* 2 /],
  [['run', '--help'], /Examples:\n {2}loadgen run --quick/],
  [['preprocess', '--help'], /Examples:\n {2}loadgen preprocess --dataset/],
  [['fetch', '--help'], /Examples:\n {2}loadgen fetch lfw/],
  [['accuracy', '--help'], /Examples:\n {2}loadgen accuracy/],
  [['export', '--help'], /Examples:\n {2}loadgen export runs/],
  [['compare', '--help'], /Examples:\n {2}loadgen compare runs/],
  [['submission', 'init', '--help'], /Examples:\n {2}loadgen submission init tree/],
  [['submission', 'add', '--help'], /Examples:\n {2}loadgen submission add runs/],
  [['submission', 'check', '--help'], /Examples:\n {2}loadgen submission check tree/],
  [['submission', 'pack', '--help'], /Examples:\n {2}loadgen submission pack tree/],
  [['submit-run', '--help'], /Examples:\n {2}loadgen submit-run submission/],
  [['audit', '--help'], /Examples:\n {2}loadgen audit TEST01 runs/],
  [['report', '--help'], /Examples:\n {2}loadgen report runs/],
  [['suts', '--help'], /Examples:\n {2}loadgen suts --install/],
];

test('help is also "help", "help COMMAND", and -h; -v is the version', async () => {
  for (const [args, same] of [
    [['help'], ['--help']],
    [['-h'], ['--help']],
    [
      ['help', 'run'],
      ['run', '--help'],
    ],
    [
      ['help', 'submission', 'add'],
      ['submission', 'add', '--help'],
    ],
    [
      ['model', '-h'],
      ['model', '--help'],
    ],
    [['-v'], ['--version']],
  ] as const) {
    const [short, long] = await Promise.all([loadgen(args), loadgen(same)]);
    assert.deepEqual(short, long);
    assert.equal(short.exitCode, 0);
  }
});

for (const [args, expected] of WITH_EXAMPLES) {
  test(`loadgen ${args.join(' ')} fits 80 columns`, async () => {
    const help = await helpOf(args.slice(0, -1), 80);
    assert.match(help, expected);
    assert.deepEqual(tooWide(help), []);
  });
}

test('the systems under test are listed in 80 columns, and as JSON', async () => {
  const [table, json] = await Promise.all([loadgen(['suts']), loadgen(['suts', '--json'])]);
  assert.equal(table.exitCode, 0);
  assert.match(table.stdout, /│ tfjs-tflite +│ yes +│/);
  assert.match(table.stdout, /│ null +│ yes +│/);
  assert.deepEqual(tooWide(table.stdout), []);
  const systems = z.array(z.object({ name: z.string(), usable: z.boolean() })).parse(JSON.parse(json.stdout));
  assert.deepEqual(
    [systems.at(0), systems.at(-1)],
    [
      { name: 'tfjs-tflite', usable: true },
      { name: 'null', usable: true },
    ],
  );
});

test('a completion script for the shell is printed', async () => {
  const { exitCode, stdout } = await loadgen(['completion'], { env: { SHELL: '/bin/bash' } });
  assert.equal(exitCode, 0);
  assert.match(stdout, /complete .*_loadgen_yargs_completions loadgen/);
});

function tooWide(text: string): string[] {
  return text.split('\n').filter((line) => line.length > 80);
}
