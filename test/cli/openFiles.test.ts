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
  [20, 'run --quick'],
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

function limited(limit: number, args: readonly string[], cwd: string) {
  const script = `ulimit -n ${limit}; exec "$@"`;
  return startProgram('sh', ['-c', script, 'sh', process.execPath, MAIN, ...args], { cwd }).ended;
}
