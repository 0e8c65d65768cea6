import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { NO_PYTHON } from '../sut/programs/testPython.js';
import { interruptAt } from './interruption/interrupt.js';
import { SHORT_CONF, SIX_PAIRS, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const ENGINE = (infer: string) => `import os, time, numpy as np
class Cut:
    calls = 0
    def load(self, model, options): pass
    def infer(self, batch):
        self.calls += 1
        ${infer}
        return batch.reshape(len(batch), -1)[:, :512].copy()
`;

async function runOf(t: TestContext, infer: string) {
  const output = await temporaryFolder(t);
  const file = await temporaryFile(t, 'cut_engine.py', ENGINE(infer));
  const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
  const confs = ['--user-conf', await temporaryFile(t, 'user.conf', SHORT_CONF)];
  const given = ['run', '--sut', file, '--output', output, '--scenario', 'SingleStream', ...pairs, ...confs];
  return { output, given, logs: join(output, 'SingleStream', 'performance', 'run_1') };
}

describe('runs of an engine in Python', { skip: NO_PYTHON }, () => {
  test('are measured as others are, and name no path', async (t) => {
    const { given, output, logs } = await runOf(t, 'pass');
    const { exitCode, stdout, stderr } = await loadgen(given);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /SingleStream performance .*VALID/);
    const detail = await readFile(join(logs, 'mlperf_log_detail.txt'), 'utf8');
    assert.match(detail, /"value": "cut_engine in 1 process"/);
    assert.ok(!(detail + (await readFile(join(output, 'run.json'), 'utf8'))).includes('cut_engine.py'));
  });

  const failing: readonly (readonly [kind: string, infer: string, reason: RegExp])[] = [
    ['raises', 'if self.calls > 40: raise ValueError("too warm")', /ValueError: too warm \(cut_engine\.py, line 7\)/],
    ['dies', 'if self.calls > 40: os._exit(0)', /ended by itself with exit code 0/],
    ['is silent', 'if self.calls > 40: time.sleep(600)', /was silent for 5 s/],
  ];
  for (const [kind, infer, reason] of failing) {
    test(`are INVALID with the reason if it ${kind}`, async (t) => {
      const { given, logs } = await runOf(t, infer);
      const { exitCode, stdout, stderr } = await loadgen([
        ...given,
        '--mode',
        'PerformanceOnly',
        '--response-timeout',
        '5',
      ]);
      assert.equal(exitCode, 3, stderr);
      assert.match(stdout + stderr, reason);
      assert.match(await readFile(join(logs, 'mlperf_log_summary.txt'), 'utf8'), /Result is : INVALID/);
    });
  }

  test('leave no process behind when they are interrupted', async (t) => {
    const { given, output } = await runOf(t, 'open(os.environ["SEEN"], "w").write(str(os.getpid())); time.sleep(0.05)');
    const seen = join(output, 'seen');
    const isMeasured = async () => {
      while ((await readFile(seen, 'utf8').catch(() => '')) === '') await sleep(20);
    };
    await interruptAt([...given, '--mode', 'PerformanceOnly'], isMeasured, 'SIGINT', { env: { SEEN: seen } });
  });
});
