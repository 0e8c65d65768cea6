import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import { loadgen, MAIN, SIX_PAIRS, temporaryFile, temporaryFolder } from './loadgen.js';

const FULL = '/dev/full';
const needsFullDevice = { skip: !existsSync(FULL) && `there is no ${FULL} on this system` };

test('output that cannot be written ends with exit code 1, and says so', needsFullDevice, () => {
  const full = openSync(FULL, 'w');
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'suts', '--json'], {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  assert.equal(status, 1);
  assert.match(stderr, /^Error OUTPUT_WRITE: cannot write the output: ENOSPC/);
});

test('a reader that takes the beginning only is served', () => {
  const command = `set -o pipefail; '${process.execPath}' '${MAIN}' suts --json | head -c 1`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  assert.deepEqual([status, stdout, stderr], [0, '[', '']);
});

test('an accuracy test whose answers give no angle is INVALID in JSON, too, and says why', async (t) => {
  const pairs = await temporaryFile(t, 'pairs.txt', SIX_PAIRS);
  const options = ['--pairs-file', pairs, '--mode', 'AccuracyOnly', '--scenario', 'Offline', '--json'];
  const output = ['--output', await temporaryFolder(t)];
  const { exitCode, stdout } = await loadgen(['run', '--sut', 'null', ...options, ...output]);
  assert.equal(exitCode, 3);
  const tests = z.tuple([z.object({ validity: z.literal('INVALID'), invalidReasons: z.tuple([z.string()]) })]);
  const {
    tests: [
      {
        invalidReasons: [reason],
      },
    ],
  } = z.object({ tests }).parse(JSON.parse(stdout));
  assert.match(reason, /a response gives no angle/);
});
