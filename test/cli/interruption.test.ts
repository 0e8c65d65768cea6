import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { copyOfSyntheticFaces, temporaryCache } from '../qsl/folders.js';
import { checkedResult } from '../reports/result/checkResult.js';
import { MAIN, SIX_PAIRS, start, startNode, temporaryFile, temporaryFolder } from './loadgen.js';

const RUNS = [
  ['SingleStream', 'SIGINT'],
  ['Offline', 'SIGTERM'],
  ['MultiStream', 'SIGHUP'],
] as const;

for (const [scenario, signal] of RUNS) {
  test(`${signal} in ${scenario} leaves whole logs marked INVALID, and exit code 3`, async (t) => {
    const output = await temporaryFolder(t);
    const pairs = await temporaryFile(t, 'pairs.txt', SIX_PAIRS);
    const args = [
      ...['run', '--sut', 'onnxruntime', '--pairs-file', pairs, '--output', output],
      ...['--mode', 'PerformanceOnly', '--scenario', scenario, '--no-estimate', '--warm-up', '0'],
    ];
    const run = start(args);
    await run.printed(`${scenario} performance`);
    run.process.kill(signal);
    const { exitCode, stdout, stderr } = await run.ended;
    assert.equal(exitCode, 3, stderr);
    assert.match(stderr, /^Interrupted: /m);
    assert.match(stdout, /broken off .* INVALID/);
    const folder = join(output, scenario, 'performance', 'run_1');
    assert.match(await readFile(join(folder, 'mlperf_log_summary.txt'), 'utf8'), /^Result is : INVALID$/m);
    assert.match(
      await readFile(join(folder, 'mlperf_log_detail.txt'), 'utf8'),
      /"result_validity", "value": "INVALID"/,
    );
    for (const name of ['mlperf_log_accuracy.json', 'mlperf_log_trace.json']) {
      JSON.parse(await readFile(join(folder, name), 'utf8'));
    }
  });
}

/** Holds the thread for half a second an image. */
const SLOW_ENGINE = `export default {
  interfaceVersion: 1, kind: 'engine', name: 'slow', formats: ['safetensors'], precisions: ['fp32'],
  checkUsable: async () => {},
  createEngine: async ({ network }, { precision }) => ({
    name: 'slow', version: '1', precision, threads: 1, instructionSet: 'JavaScript',
    infer(inputs, outputs) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, (500 * outputs.length) / network.embeddingValues);
      outputs.fill(1);
    },
    close() {},
  }),
};`;

for (const mode of ['PerformanceOnly', 'AccuracyOnly']) {
  test(`Ctrl-C in a test of ${mode} leaves it in the result of --json, with its reason`, async (t) => {
    const output = await temporaryFolder(t);
    const pairs = await temporaryFile(t, 'pairs.txt', SIX_PAIRS);
    const run = start([
      ...['run', '--sut', await temporaryFile(t, 'slow.mjs', SLOW_ENGINE), '--pairs-file', pairs],
      ...['--output', output, '--json', '--mode', mode, '--scenario', 'SingleStream'],
      ...['--unverified', '--no-estimate', '--warm-up', '0'],
    ]);
    await run.printed(`SingleStream ${mode === 'AccuracyOnly' ? 'accuracy' : 'performance'}`);
    run.process.kill('SIGINT');
    const { exitCode, stdout, stderr } = await run.ended;
    assert.equal(exitCode, 3, stderr);
    const { tests } = checkedResult(stdout);
    assert.deepEqual(
      tests.map((one) => [one.mode, one.validity, one.figures, one.accuracy]),
      [[mode, 'INVALID', [], null]],
    );
    assert.match(tests[0]?.invalidReasons[0] ?? '', /aborted before its end \(RUN_ABORTED\)/);
  });
}

test('Ctrl-C while faces are found ends with a message, exit code 3, and parts of a store at most', async (t) => {
  const cache = await temporaryCache(t);
  const run = start(['preprocess', '--dataset', await copyOfSyntheticFaces(t)], {
    env: { SPHEREFACE_LOADGEN_CACHE: cache },
  });
  await run.printed('Finding and aligning faces');
  run.process.kill('SIGINT');
  const { exitCode, stdout, stderr } = await run.ended;
  assert.equal(exitCode, 3);
  assert.equal(stdout, '');
  assert.match(stderr, /^Error INTERRUPTED: interrupted; faces found so far are kept/m);
  const manifests = (await readdir(cache, { recursive: true })).filter((name) => name.endsWith('.json'));
  for (const name of manifests) assert.match(name, /\.part-/);
});

test('Ctrl-C ends the fetching of MTCNN from a registry that does not answer', async (t) => {
  const registry = createServer((socket) => socket.on('error', () => {}));
  const asked = once(registry, 'connection');
  await once(registry.listen(0, '127.0.0.1'), 'listening');
  t.after(() => registry.close());
  const address = registry.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const cache = await temporaryFolder(t);
  const run = start(['preprocess', '--dataset', await copyOfSyntheticFaces(t), '--pairs', '6'], {
    env: { SPHEREFACE_LOADGEN_CACHE: cache, npm_config_registry: `http://127.0.0.1:${port}/` },
  });
  await asked;
  run.process.kill('SIGINT');
  const { exitCode, stderr } = await run.ended;
  assert.equal(exitCode, 3);
  assert.match(stderr, /^Error INTERRUPTED/m);
  assert.deepEqual(await readdir(join(cache, 'mtcnn')), []);
});

test('a second Ctrl-C ends at once what does not end by itself', async (t) => {
  const module = pathToFileURL(join(MAIN, '..', 'interruption.js')).href;
  const program = `import { handleInterruption, interruptible } from '${module}';
    handleInterruption();
    await interruptible(() => new Promise(() => setInterval(() => {}, 60_000) && console.error('running')));`;
  const endless = startNode([await temporaryFile(t, 'endless.mjs', program)]);
  await endless.printed('running');
  endless.process.kill('SIGINT');
  await endless.printed('Interrupted');
  assert.equal(endless.process.exitCode, null);
  endless.process.kill('SIGINT');
  assert.equal((await endless.ended).exitCode, 3);
});
