/** Commands where few files may be open at a time. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadgen, MAIN, SHORT_CONF, SIX_PAIRS, startProgram, temporaryFile, temporaryFolder } from './loadgen.js';

const needsLimit = { skip: process.platform === 'win32' && 'this system limits no open files' };
/** The least of which the documents speak. */
const ENOUGH = 256;

const TOO_FEW: readonly [limit: number, command: string][] = [
  [32, 'run --quick'],
  [64, 'fetch lfw'],
  [128, 'preprocess'],
  [ENOUGH - 1, 'suts --json'],
];

for (const [limit, command] of TOO_FEW) {
  test(`"${command}" with ${limit} open files names the limit, and makes nothing`, needsLimit, async (t) => {
    const cwd = await temporaryFolder(t);
    const { exitCode, stdout, stderr } = await limited(limit, command.split(' '), cwd);
    assert.equal(
      stderr,
      `Error MACHINE_LIMIT: found a limit of ${limit} files open at a time, expected at least ${ENOUGH}\n` +
        `Raise it where the command is started: ulimit -n ${ENOUGH}\n`,
    );
    assert.deepEqual([exitCode, stdout, await readdir(cwd)], [1, '', []]);
  });
}

test('with as few open files as Node.js can load one module, the limit is named', needsLimit, async (t) => {
  const module = await temporaryFile(t, 'module.mjs', 'console.log(1)');
  let limit = 1;
  while (runLimited(limit, module).status !== 0) limit++;
  const { status, stderr } = runLimited(limit, MAIN);
  assert.match(stderr, new RegExp(`^Error MACHINE_LIMIT: found a limit of ${limit} files`));
  assert.equal(status, 1);
});

test(`a run is VALID with ${ENOUGH} open files`, needsLimit, async (t) => {
  const cwd = await temporaryFolder(t);
  const pairs = await temporaryFile(t, 'pairs.txt', SIX_PAIRS);
  const conf = await temporaryFile(t, 'user.conf', SHORT_CONF);
  await loadgen(['preprocess', '--pairs-file', pairs]);
  const options = ['--pairs-file', pairs, '--user-conf', conf, '--output', join(cwd, 'run')];
  const { exitCode, stderr } = await limited(
    ENOUGH,
    ['run', '--sut', 'null', '--mode', 'PerformanceOnly', ...options],
    cwd,
  );
  assert.equal(exitCode, 0, stderr);
});

test('files that are open before the command starts are counted when they run out', needsLimit, () => {
  const file = openSync('/dev/null', 'r');
  const inherited = Array.from({ length: ENOUGH - 30 }, () => file);
  const command = ['-c', `ulimit -n ${ENOUGH}; exec "$@"`, 'sh', process.execPath, MAIN, 'suts', '--json'];
  const { status, stdout, stderr } = spawnSync('sh', command, {
    stdio: ['ignore', 'pipe', 'pipe', ...inherited],
    encoding: 'utf8',
  });
  closeSync(file);
  assert.match(
    stderr,
    /^Error MACHINE_LIMIT: EMFILE.*\nToo few files may be open at a time: raise the limit \(ulimit -n\)/,
  );
  assert.deepEqual([status, stdout], [1, '']);
});

function runLimited(limit: number, file: string) {
  return spawnSync('sh', ['-c', `ulimit -c 0; ulimit -n ${limit}; exec "$@"`, 'sh', process.execPath, file], {
    encoding: 'utf8',
  });
}

function limited(limit: number, args: readonly string[], cwd: string) {
  const script = `ulimit -n ${limit}; exec "$@"`;
  return startProgram('sh', ['-c', script, 'sh', process.execPath, MAIN, ...args], { cwd }).ended;
}
