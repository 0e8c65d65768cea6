import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { type Ended, SHORT_CONF, SIX_PAIRS, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

/** Answers with the sums of stretches of an image; ANSWERS=other makes it answer otherwise, as if it cheated when timed. */
const ENGINE = `
const factor = process.env.ANSWERS === 'other' ? -1.0001 : 1;
export default {
  interfaceVersion: 1, kind: 'engine', name: 'sums', formats: ['safetensors'], precisions: ['fp32'],
  checkUsable: async () => {},
  createEngine: async ({ network }, { precision }) => ({
    name: 'sums', version: '1', precision, threads: 1, instructionSet: 'JavaScript',
    infer(inputs, outputs) {
      const stretch = inputs.length / outputs.length;
      for (let i = 0; i < outputs.length; i++) {
        const other = i % 2 === 0 ? factor : 1;
        outputs[i] = other * inputs.subarray(i * stretch, (i + 1) * stretch).reduce((sum, value) => sum + value, 0);
      }
    },
    close() {},
  }),
};`;

interface Audited {
  readonly runFolder: string;
  readonly engine: string;
  readonly pairs: string;
}

async function makeRun(t: TestContext, scenario: string, confText = SHORT_CONF, exit = 0): Promise<Audited> {
  const [engine, pairs] = [await temporaryFile(t, 'sums.mjs', ENGINE), await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
  const conf = await temporaryFile(t, 'user.conf', confText);
  const runFolder = await temporaryFolder(t);
  const { exitCode, stderr } = await loadgen([
    ...['run', '--sut', engine, '--unverified', '--pairs-file', pairs, '--scenario', scenario, '--workers', '0'],
    ...['--user-conf', conf, '--output', runFolder],
  ]);
  assert.equal(exitCode, exit, stderr);
  return { runFolder, engine, pairs };
}

function audit(name: string, { runFolder, engine, pairs }: Audited, env: Record<string, string> = {}): Promise<Ended> {
  return loadgen(['audit', name, runFolder, '--sut', engine, '--pairs-file', pairs, '--json'], { env });
}

const resultSchema = z.object({
  version: z.literal(1),
  audit: z.string(),
  scenarios: z.tuple([
    z.object({
      scenario: z.string(),
      result: z.object({
        verdict: z.enum(['PASS', 'FAIL']),
        findings: z.array(z.object({ part: z.string(), code: z.string() })).default([]),
      }),
    }),
  ]),
});

function resultOf({ stdout }: Ended): z.infer<typeof resultSchema>['scenarios'][0]['result'] {
  return resultSchema.parse(JSON.parse(stdout)).scenarios[0].result;
}

for (const scenario of ['SingleStream', 'Offline']) {
  test(`${scenario}: TEST01 finds the same answers, and TEST04 has asked for one sample`, async (t) => {
    const run = await makeRun(t, scenario);
    for (const name of ['TEST01', 'TEST04']) {
      const ended = await audit(name, run);
      const result = resultOf(ended);
      // How fast a busy machine was both times is not what is tested here.
      assert.deepEqual(
        result.findings.filter(({ part }) => part !== 'performance'),
        [],
      );
      assert.equal(ended.exitCode, result.verdict === 'PASS' ? 0 : 3);
      const folder = join(run.runFolder, scenario, name);
      assert.match(await readFile(join(folder, 'verify_performance.txt'), 'utf8'), /TEST (PASS|FAIL)$/m);
      const log = await readFile(join(folder, 'performance', 'run_1', 'mlperf_log_detail.txt'), 'utf8');
      assert.match(log, /Found Audit Config file/);
    }
    const accuracy = await readFile(join(run.runFolder, scenario, 'TEST01', 'verify_accuracy.txt'), 'utf8');
    assert.match(accuracy, /^TEST PASS$/m);
    assert.ok(!existsSync(join(run.runFolder, scenario, 'TEST04', 'verify_accuracy.txt')));
  });
}

test('a system that answers otherwise when it is timed fails TEST01, with exit code 3', async (t) => {
  const run = await makeRun(t, 'Offline');
  const ended = await audit('TEST01', run, { ANSWERS: 'other' });
  assert.equal(ended.exitCode, 3);
  const codes = resultOf(ended).findings.map(({ code }) => code);
  assert.ok(codes.includes('AUDIT_FIRST_BYTE') && codes.includes('AUDIT_UNLIKE'), codes.join());
  assert.match(await readFile(join(run.runFolder, 'Offline', 'TEST01', 'verify_accuracy.txt'), 'utf8'), /^TEST FAIL$/m);
});

test('the audit of a run with --unverified is one, too', async (t) => {
  const run = await makeRun(t, 'Offline');
  await audit('TEST04', run);
  const log = join(run.runFolder, 'Offline', 'TEST04', 'performance', 'run_1', 'mlperf_log_detail.txt');
  assert.match(await readFile(log, 'utf8'), /"sut_unverified", "value": "true"/);
});

test('what an audit cannot be made of is refused before anything is run', async (t) => {
  const run = await makeRun(t, 'SingleStream');
  const otherPairs = await temporaryFile(
    t,
    'other.txt',
    SIX_PAIRS.replace('Synthetic_003\t1\t2', 'Synthetic_004\t1\t2'),
  );
  const given = ['--sut', run.engine, '--pairs-file', run.pairs];
  const invalid = await makeRun(t, 'Offline', `${SHORT_CONF}*.*.min_duration = 1000\n*.*.min_query_count = 6\n`, 3);
  const cases: readonly [args: readonly string[], message: RegExp][] = [
    [['TEST01', run.runFolder], /^Error AUDIT_RUN: .*--sut of your own.*; .*--pairs-file of your own/],
    [['TEST01', run.runFolder, '--sut', run.engine, '--pairs-file', otherPairs], /^Error AUDIT_RUN: .*data of digest/m],
    [
      ['TEST01', run.runFolder, ...given, '--scenario', 'Offline'],
      /^Error AUDIT_RUN: .*\n {2}expected Offline.accuracy\n {2}expected Offline.performance/,
    ],
    [['TEST02', run.runFolder, ...given], /Choices: "TEST01", "TEST04"/],
    [['TEST01', await temporaryFolder(t)], /^Error AUDIT_RUN: .*\n {2}expected an accuracy and a performance test/],
    [['TEST04', invalid.runFolder, ...given], /^Error AUDIT_RUN: .*\n {2}found the Offline performance test INVALID: /],
  ];
  for (const [args, message] of cases) {
    const { exitCode, stdout, stderr } = await loadgen(['audit', ...args]);
    assert.equal(exitCode, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
  assert.ok(!existsSync(join(run.runFolder, 'SingleStream', 'TEST01')));
});
