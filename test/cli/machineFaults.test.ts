import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { loadgen, SHORT_CONF, SIX_PAIRS, start, temporaryFile, temporaryFolder } from './loadgen.js';

const needsProc = { skip: !existsSync('/proc/self') && 'there is no /proc on this system' };
const PLACE = ['--division', 'open', '--submitter', 'A', '--system', 'b'];

const UNMAKEABLE: readonly [args: string[], env: Record<string, string>, exitCode: number][] = [
  [['fetch', 'mtcnn'], { SPHEREFACE_LOADGEN_CACHE: '/proc/x' }, 1],
  [['fetch', 'lfw'], { SPHEREFACE_LOADGEN_CACHE: '/proc/x' }, 1],
  [['run', '--sut', 'null', '--quick'], { SPHEREFACE_LOADGEN_CACHE: '', XDG_CACHE_HOME: '', HOME: '/proc' }, 1],
  [['run', '--sut', 'null', '--output', '/proc/x/y'], {}, 1],
  [['submission', 'init', '/proc/t', ...PLACE], {}, 1],
  [['submit-run', 'tree', ...PLACE, '--sut', 'null', '--output', '/proc/x'], {}, 1],
  [['model', 'export', '--format', 'tflite', '--output', '/proc/q'], {}, 1],
  [['preprocess', '--contact-sheets', '/proc/x/sheets'], {}, 1],
];

for (const [args, env, exitCode] of UNMAKEABLE) {
  test(`"${args.join(' ')}" says at once that a folder cannot be made`, needsProc, async (t) => {
    const ended = await loadgen(args, { cwd: await temporaryFolder(t), env });
    assert.equal(ended.exitCode, exitCode, ended.stderr);
    assert.match(ended.stderr, /^Error \w+: cannot write .*\/proc\/.*ENOENT/m);
  });
}

test('a second command in the folder of one that works is refused, and says who is there', async (t) => {
  const output = await temporaryFolder(t);
  const pairs = await temporaryFile(t, 'pairs.txt', SIX_PAIRS);
  const long = await temporaryFile(t, 'user.conf', '*.*.min_duration = 60000\n');
  const short = await temporaryFile(t, 'user.conf', `${SHORT_CONF}*.Server.target_qps = 1000\n`);
  const run = (conf: string) => {
    const settings = ['--pairs-file', pairs, '--user-conf', conf, '--mode', 'PerformanceOnly', '--scenario', 'Server'];
    return ['run', '--sut', 'null', ...settings, '--output', output];
  };
  const first = start(run(long));
  await first.printed('logs in');
  for (const args of [run(short), ['submit-run', 'tree', ...PLACE, '--sut', 'null', '--output', output]]) {
    const second = await loadgen(args, { cwd: await temporaryFolder(t) });
    assert.equal(second.exitCode, 2);
    const by = `process ${first.process.pid} on .* is working in this folder`;
    assert.match(second.stderr, new RegExp(`^Error FOLDER_LOCKED: .*: ${by}`, 'm'));
  }
  first.process.kill('SIGKILL');
  await first.ended;
  const third = await loadgen(run(short));
  assert.match(third.stdout, /Server performance/, third.stderr);
  assert.deepEqual(
    (await readdir(output)).filter((name) => name.startsWith('.')),
    [],
  );
});
