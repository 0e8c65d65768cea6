import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { SHORT_CONF, SIX_PAIRS, temporaryFile, temporaryFolder } from '../loadgen.js';
import { interruptAt, placeOf, type Signal, wholeTests, writeStayingEngine } from './interrupt.js';

const ACCURACY = 'SingleStream/accuracy';
const PERFORMANCE = 'SingleStream/performance/run_1';

/** Where the engine stays in a run of an accuracy and a performance test, each of which imports it after the check. */
const STEPS: readonly [stay: string, signal: Signal, options: readonly string[], left: readonly string[]][] = [
  ['create@1', 'SIGHUP', [], []],
  ['close@1', 'SIGTERM', [], []],
  ['import@2', 'SIGINT', [], []],
  // While reference faces are embedded.
  ['infer@2', 'SIGTERM', ['--workers', '1'], [ACCURACY]],
  ['infer@2', 'SIGINT', ['--workers', '1', '--unverified'], [ACCURACY]],
  ['close@2', 'SIGTERM', ['--unverified'], [ACCURACY]],
  ['create@3', 'SIGINT', ['--unverified'], [ACCURACY]],
  // In the thread that would otherwise end in good order.
  ['infer@3', 'SIGTERM', ['--workers', '0', '--unverified'], [ACCURACY, PERFORMANCE]],
];

describe('a run that is interrupted', { concurrency: 4 }, () => {
  for (const [stay, signal, options, left] of STEPS) {
    const name = `by ${signal} in ${stay} ${options.join(' ')}`;
    test(`${name} leaves whole tests: ${left.join(', ') || 'none'}`, async (t) => {
      const folder = await temporaryFolder(t);
      const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
      const conf = ['--user-conf', await temporaryFile(t, 'user.conf', SHORT_CONF)];
      const output = join(folder, 'run');
      const what = ['run', '--sut', writeStayingEngine(folder), '--scenario', 'SingleStream', '--output', output];
      await interruptAt([...what, ...pairs, ...conf, ...options], placeOf(stay), signal, { env: { STAY: stay } });
      assert.deepEqual(existsSync(output) ? wholeTests(output) : [], left);
    });
  }
});
