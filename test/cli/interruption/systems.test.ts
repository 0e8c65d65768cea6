import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { loadgen, SHORT_CONF, SIX_PAIRS, temporaryFolder } from '../loadgen.js';
import { interruptAt, placeOf, type Signal, wholeTests, writeStayingEngine } from './interrupt.js';

const ACCURACY = 'SingleStream/accuracy';
const PERFORMANCE = 'SingleStream/performance/run_1';

/** In a process of its own, the engine is checked, then measured. */
const AUDIT: readonly [stay: string, signal: Signal, left: readonly string[]][] = [
  ['create@1', 'SIGINT', [ACCURACY, PERFORMANCE]],
  ['infer@2', 'SIGTERM', ['SingleStream/TEST04/performance/run_1', ACCURACY, PERFORMANCE]],
];

/** Two engines are checked, then answer all pairs, then are measured in turns. */
const DUEL: readonly [stay: string, signal: Signal, left: readonly string[]][] = [
  ['create@1', 'SIGTERM', []],
  ['infer@4', 'SIGINT', ['1-staying/Offline/accuracy', '2-staying-batch-2/Offline/accuracy']],
  ['infer@5', 'SIGTERM', ['1-staying/Offline/accuracy', '2-staying-batch-2/Offline/accuracy']],
];

const folder = mkdtempSync(join(tmpdir(), 'interrupted-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const pairs = join(folder, 'pairs.txt');
const run = join(folder, 'run');

before(async () => {
  writeFileSync(pairs, SIX_PAIRS);
  const conf = join(folder, 'user.conf');
  writeFileSync(conf, SHORT_CONF);
  const engine = writeStayingEngine(folder);
  const what = ['run', '--sut', engine, '--pairs-file', pairs, '--user-conf', conf, '--scenario', 'SingleStream'];
  const { exitCode, stderr } = await loadgen([...what, '--unverified', '--workers', '1', '--output', run]);
  assert.equal(exitCode, 0, stderr);
});

describe('commands that measure and are interrupted', { concurrency: 3 }, () => {
  for (const [stay, signal, left] of AUDIT) {
    test(`audit: ${signal} in ${stay} leaves whole tests: ${left.join(', ')}`, async (t) => {
      const cwd = await temporaryFolder(t);
      cpSync(run, join(cwd, 'run'), { recursive: true });
      const audit = ['audit', 'TEST04', 'run', '--sut', writeStayingEngine(cwd), '--pairs-file', pairs];
      await interruptAt(audit, placeOf(stay), signal, { cwd, env: { STAY: stay } });
      assert.deepEqual(wholeTests(join(cwd, 'run')), left);
    });
  }

  for (const [stay, signal, left] of DUEL) {
    test(`duel: ${signal} in ${stay} leaves whole tests: ${left.join(', ') || 'none'}`, async (t) => {
      const cwd = await temporaryFolder(t);
      const engine = writeStayingEngine(cwd);
      const contestants = [engine, `${engine},batch=2`];
      const duel = ['duel', ...contestants, '--unverified', '--pairs-file', pairs, '--output', 'duel'];
      await interruptAt(duel, placeOf(stay), signal, { cwd, env: { STAY: stay } });
      assert.deepEqual(existsSync(join(cwd, 'duel')) ? wholeTests(join(cwd, 'duel')) : [], left);
    });
  }
});
