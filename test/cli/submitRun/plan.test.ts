import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { z } from 'zod';
import { copyOfSyntheticFaces } from '../../qsl/folders.js';
import { SHORT_CONF, temporaryFile, temporaryFolder } from '../loadgen.js';
import { loadgen } from '../loadgenHere.js';

const PLAN = ['submit-run', 'tree', '--submitter', 'Example', '--system', 'toy', '--plan'];
const OPEN = [...PLAN, '--division', 'open'];
const CLOSED = [...PLAN, '--division', 'closed'];

test('a plan runs nothing of the system and writes nothing, in the folder or the cache', async (t) => {
  const [cwd, cache] = [await temporaryFolder(t), await temporaryFolder(t)];
  const system = await temporaryFile(t, 'never.mjs', `throw new Error('was imported');\n`);
  const env = { SPHEREFACE_LOADGEN_CACHE: cache };
  const dataset = ['--dataset', await copyOfSyntheticFaces(t)];
  const { exitCode, stdout, stderr } = await loadgen([...CLOSED, '--sut', system, ...dataset], { cwd, env });
  assert.equal(exitCode, 0, stderr);
  assert.equal(stderr, '');
  assert.match(stdout, /│ 1 │ expected rates +│ +20 s │\n│ 2 │ SingleStream accuracy +│ +not known yet │/);
  assert.match(stdout, /│ 5 │ Offline performance +│ 11 min or more │\n│ 6 │ SingleStream TEST01 +│ 10 min or more │/);
  assert.match(stdout, /│ 9 │ Offline TEST04 +│ 11 min or more │\n(?:.*\n)?Time left: 1 h 4 min or more\n/);
  assert.match(stdout, /^ {2}without that for finding faces in 600 images, which comes first$/m);
  assert.match(stdout, /^Logs: runs\/submission-toy\nResults: in tree as closed\/Example\/toy, and checked\n/m);
  assert.deepEqual([await readdir(cwd), await readdir(cache)], [[], []]);
});

const planSchema = z.object({
  leftMs: z.number(),
  isLeast: z.boolean(),
  missingImages: z.number(),
  steps: z.array(z.object({ name: z.string(), isDone: z.boolean(), leftMs: z.number(), isLeast: z.boolean() })),
});

const RATES = '*.SingleStream.target_latency = 100\n*.Offline.target_qps = 20\n';
const TIMES: readonly [what: string, conf: string, times: readonly string[]][] = [
  ['rates', RATES, ['done', '60000', '30000', '600000', '690000']],
  ['a rate for one scenario', '*.Offline.target_qps = 20\n', ['10000', '0+', '30000', '600000+', '690000']],
  ['no rates', '*.*.min_query_count = 500\n', ['20000', '0+', '0+', '600000+', '690000+']],
  [
    'many queries',
    `${RATES}*.SingleStream.min_query_count = 7000\n*.Offline.min_query_count = 24000\n`,
    ['done', '60000', '30000', '700000', '1200000'],
  ],
];
for (const [what, conf, times] of TIMES) {
  test(`a user.conf with ${what} tells how long it takes`, async (t) => {
    const file = await temporaryFile(t, 'user.conf', conf);
    const args = [...OPEN, '--user-conf', file, '--json'];
    const { stdout, stderr } = await loadgen(args, { cwd: await temporaryFolder(t) });
    const { steps, leftMs, isLeast, missingImages } = planSchema.parse(JSON.parse(stdout), { error: () => stderr });
    assert.deepEqual(
      steps.map((step) => (step.isDone ? 'done' : `${step.leftMs}${step.isLeast ? '+' : ''}`)),
      times,
    );
    assert.equal(
      leftMs,
      steps.reduce((sum, step) => sum + step.leftMs, 0),
    );
    assert.equal(isLeast, missingImages > 0 || times.some((time) => time.endsWith('+')));
  });
}

const REFUSED: readonly [what: string, args: readonly string[], message: RegExp][] = [
  ['settings that are too short', ['--user-conf', 'CONF'], /^ {2}SingleStream: effective_min_duration_ms: found "0"/m],
  ['too few pairs', ['--pairs', '6'], /^ {2}Offline: qsl_reported_total_count: found "6", expected "?600/m],
  ['no such system', ['--sut', 'onnxruntim'], /^Error SUT_UNKNOWN: .* Did you mean "?onnxruntime/m],
  ['no such plugin', ['--sut', './none.mjs'], /^Error SUT_PLUGIN: there is no plugin at/m],
  ['no such data', ['--dataset', './none'], /^Error QSL_DATASET/m],
];
for (const [what, args, message] of REFUSED) {
  test(`a plan for ${what} is refused as the run would be`, async (t) => {
    const conf = await temporaryFile(t, 'user.conf', SHORT_CONF);
    const given = args.map((arg) => (arg === 'CONF' ? conf : arg));
    const { exitCode, stdout, stderr } = await loadgen([...CLOSED, ...given], { cwd: await temporaryFolder(t) });
    assert.equal(exitCode, 2);
    assert.equal(stdout, '');
    assert.match(stderr, message);
  });
}
