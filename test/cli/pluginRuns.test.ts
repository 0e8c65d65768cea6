import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SHORT_CONF, SIX_PAIRS, start, startNode, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const EXAMPLES = fileURLToPath(new URL('../../../examples/', import.meta.url));
const isWindows = process.platform === 'win32';
const ENGINE = join(EXAMPLES, 'own-engine', 'engine.js');

test("a plugin's engine is run in the issuing thread and in workers, and its path stands in no log", async (t) => {
  const cwd = await temporaryFolder(t);
  const confs = ['--user-conf', await temporaryFile(t, 'user.conf', SHORT_CONF)];
  const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
  const { exitCode, stdout, stderr } = await loadgen(['run', '--sut', ENGINE, '--unverified', ...confs, ...pairs], {
    cwd,
  });
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /│ Unverified: the embeddings of reference faces were not checked\. +│/);
  const [run = ''] = await readdir(join(cwd, 'runs'));
  assert.match(run, /-average-pooling$/);
  const folder = join(cwd, 'runs', run);
  const texts = await textsIn(folder);
  assert.match(
    texts.get(join('SingleStream', 'accuracy', 'mlperf_log_detail.txt')) ?? '',
    /"sut_workers", "value": "0"/,
  );
  assert.match(texts.get(join('Offline', 'accuracy', 'mlperf_log_detail.txt')) ?? '', /"sut_workers", "value": "[1-9]/);
  assert.match(texts.get('run.json') ?? '', /"sut": "average-pooling"/);
  assert.match(texts.get('run.json') ?? '', /"unverified": true/);
  const detailLogs = [...texts].filter(([name]) => name.endsWith('mlperf_log_detail.txt'));
  assert.equal(detailLogs.length, 4);
  for (const [name, text] of detailLogs) assert.match(text, /"sut_unverified", "value": "true"/, name);
  for (const [name, text] of texts) assert.ok(!text.includes('own-engine'), name);
});

test("a plugin's engine with other embeddings than the network's is refused, with its cosine", async (t) => {
  const output = await temporaryFolder(t);
  const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS), '--output', output];
  const { exitCode, stdout, stderr } = await loadgen(['run', '--sut', ENGINE, ...pairs]);
  assert.equal(exitCode, 2, stderr);
  assert.match(stderr, /SUT_EMBEDDINGS: average-pooling .*found a least cosine of -0\.02\d+ with .*\n.*--unverified/);
  assert.equal(stdout, '');
  assert.equal((await readdir(output, { recursive: true })).filter((name) => name.includes('mlperf_log')).length, 0);
});

test('a system behind HTTP is run', async (t) => {
  const server = startNode([join(EXAMPLES, 'http-sut', 'server.js'), '0']);
  t.after(() => server.process.kill());
  const address = await new Promise<string>((resolve, reject) => {
    server.process.stdout?.once('data', (text) => resolve(String(text).trim()));
    void server.ended.then(({ stderr }) => reject(new Error(`the server ended: ${stderr}`)));
  });
  const args = ['run', '--sut', join(EXAMPLES, 'http-sut', 'sut.js'), '--mode', 'AccuracyOnly'];
  const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS), '--output', await temporaryFolder(t)];
  const { exitCode, stdout, stderr } = await loadgen([...args, ...pairs], { env: { SUT_URL: address } });
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /SingleStream accuracy .* VALID/);
});

/** Runs six pairs in one worker, on an engine whose `infer` does this. */
async function runInWorker(t: TestContext, infer: string, more: readonly string[] = [], env = {}) {
  const plugin = await temporaryFile(
    t,
    'scripted.mjs',
    `import { execFileSync } from 'node:child_process';
    export default {
      interfaceVersion: 1, kind: 'engine', name: 'scripted', formats: ['safetensors'], precisions: ['fp32'],
      checkUsable: async () => {},
      createEngine: async () => ({
        name: 'scripted', version: '1', precision: 'fp32', threads: 1, instructionSet: 'none',
        infer() { ${infer} },
        close() {},
      }),
    };`,
  );
  const output = await temporaryFolder(t);
  const what = ['--mode', 'AccuracyOnly', '--scenario', 'Offline', '--workers', '1', '--output', output];
  const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
  const run = start(['run', '--sut', plugin, '--unverified', ...what, ...pairs, ...more], { env });
  return { ...(await run.ended), folder: join(output, 'Offline', 'accuracy') };
}

test('a worker that runs out of memory during a run ends it INVALID, with whole logs', async (t) => {
  // Small objects: V8 aborts the process if one array alone is too large for what is left of the heap.
  const infer = 'for (const taken = []; ; ) taken.push({ values: [0.5] });';
  // Of each thread's heap.
  const env = { NODE_OPTIONS: '--max-old-space-size=128' };
  const { exitCode, stdout, stderr, folder } = await runInWorker(t, infer, [], env);
  assert.equal(exitCode, 3, stderr);
  assert.match(stdout, /worker 1 of the system under test ran out of memory/);
  const summary = await readFile(join(folder, 'mlperf_log_summary.txt'), 'utf8');
  assert.match(summary, /^Result is : INVALID$/m);
  assert.match(summary, /ran out of memory/);
  for (const name of ['mlperf_log_accuracy.json', 'mlperf_log_trace.json'])
    JSON.parse(await readFile(join(folder, name), 'utf8'));
});

test('a worker that cannot be ended does not keep the command from its end', { skip: isWindows }, async (t) => {
  const infer = `execFileSync(process.execPath, ['-e', 'setTimeout(() => {}, 30_000)']);`;
  const { exitCode, stdout, stderr } = await runInWorker(t, infer, ['--response-timeout', '1']);
  assert.match(stdout, /INVALID/);
  assert.match(stderr, /worker 1 of the system under test cannot be ended; the process will end by SIGKILL/);
  assert.equal(exitCode, 3, stderr);
});

for (const example of ['own-engine/engine.test.js', 'http-sut/sut.test.js']) {
  test(`the tests of examples/${example} pass`, async () => {
    // Node.js takes what follows --test as a pattern, and a folder's name may hold brackets: so from the folder.
    const { exitCode, stdout } = await startNode(['--test', example], { cwd: EXAMPLES }).ended;
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /pass [1-9]\d+/);
  });
}

async function textsIn(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = names.map(async ({ parentPath, name }): Promise<[string, string]> => {
    const path = join(parentPath, name);
    return [path.slice(folder.length + 1), await readFile(path, 'utf8')];
  });
  return new Map(await Promise.all(texts));
}
