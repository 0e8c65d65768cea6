import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryCache } from '../qsl/folders.js';
import { temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

/** If any of these were looked at before what is at fault, the message would be about it. */
const LATER = ['--dataset', '/no/such/folder'];

test('every fault of a user.conf is listed with its line, before a data set is looked for', async (t) => {
  const conf = await temporaryFile(
    t,
    'user.conf',
    '*.*.min_duration = 5\n*.*.mimimum = 1\n\n*.Offline.target_qps 5\n*.SingleStream.min_duration = long\n',
  );
  const { exitCode, stdout, stderr } = await loadgen(['run', '--user-conf', conf, ...LATER]);
  assert.equal(exitCode, 2);
  assert.equal(stdout, '');
  assert.ok(stderr.startsWith(`Error CONFIG_INVALID: ${conf}:\n`), stderr);
  assert.match(stderr, /line 2: .*unknown key "mimimum"/);
  assert.match(stderr, /line 4: .*spaces around "="/);
  assert.match(stderr, /line 5: .*expected an integer/);
});

test('a mode in a user.conf that is not the one to run is refused', async (t) => {
  const conf = await temporaryFile(t, 'user.conf', '*.*.mode = 2\n');
  const { exitCode, stderr } = await loadgen(['run', '--user-conf', conf, ...LATER]);
  assert.equal(exitCode, 2);
  assert.ok(stderr.includes(`${conf}: found mode PerformanceOnly, expected that of the test, AccuracyOnly`), stderr);
  assert.match(stderr, /choose with --mode/);
});

test('settings under which nothing would be issued are refused before the first test', async (t) => {
  const conf = await temporaryFile(t, 'user.conf', '*.SingleStream.min_query_count = 0\n*.*.min_duration = 0\n');
  const output = join(await temporaryFolder(t), 'run');
  const args = ['run', '--sut', 'null', '--pairs', '6', '--user-conf', conf, '--output', output];
  const { exitCode, stderr } = await loadgen([...args, '--scenario', 'Offline', 'SingleStream']);
  assert.equal(exitCode, 2);
  assert.match(stderr, /SETTINGS_INVALID.*\n.*min_query_count and min_duration are both 0/);
  assert.doesNotMatch(stderr, /Offline/);
  await assert.rejects(readFile(join(output, 'run.json')), { code: 'ENOENT' });
});

const REFUSED: readonly [string, readonly string[], RegExp][] = [
  [
    'a missing user.conf',
    ['--user-conf', '/no/user.conf'],
    /CONFIG_UNREADABLE: .*\/no\/user\.conf: ENOENT.*\n.*--user-conf/,
  ],
  [
    'a missing mlperf.conf',
    ['--mlperf-conf', '/no/x.conf'],
    /CONFIG_UNREADABLE: .*\/no\/x\.conf: ENOENT.*\n.*--mlperf-conf/,
  ],
  ['an unknown system under test', ['--sut', 'none'], /SUT_UNKNOWN: .*"none", expected one of tfjs-tflite, .*, null/],
  ['a missing data set', ['--sut', 'null', ...LATER], /QSL_DATASET: \/no\/such\/folder: cannot read/],
  ['a missing model', ['--model', '/no/model.tflite', ...LATER], /MODEL_READ: .*\/no\/model\.tflite cannot be read/],
  ['a missing pair list', ['--sut', 'null', '--pairs-file', '/no/pairs'], /QSL_PAIRS_FILE: \/no\/pairs: cannot read/],
  ['601 pairs of 600', ['--sut', 'null', '--pairs', '601'], /found number of pairs 601, expected .* 1 to 600/],
  ['a number of pairs that is none', ['--sut', 'null', '--pairs', 'x'], /--pairs: found "x", expected a number/],
];

for (const [what, args, message] of REFUSED) {
  test(`${what} is refused in one message, with exit code 2`, async () => {
    const { exitCode, stdout, stderr } = await loadgen(['run', ...args]);
    assert.equal(exitCode, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /^ +at /m);
  });
}

test('the malformed lines of a pair list are named with their numbers', async (t) => {
  const pairs = await temporaryFile(t, 'pairs.txt', '1\nSynthetic_001 1\nSynthetic_002\t1\t../etc\t2\n');
  const { exitCode, stderr } = await loadgen(['run', '--sut', 'null', '--pairs-file', pairs]);
  assert.equal(exitCode, 2);
  assert.ok(stderr.includes(`${pairs}:2: found 2 fields`), stderr);
  assert.ok(stderr.includes(`${pairs}:3: found name "../etc"`), stderr);
});

const weights = fileURLToPath(new URL('../../../sut/sphereface20/weights/sphereface20.safetensors', import.meta.url));

const MODELS: readonly [string, string, () => Promise<Uint8Array>, RegExp][] = [
  ['a text file', 'model.txt', async () => Buffer.from('hello'), /MODEL_FORMAT: .*model\.txt is no model/],
  ['a text named .tflite', 'model.tflite', async () => Buffer.from('hello'), /TFLITE_FORMAT: .*is not a TFLite file/],
  [
    'a truncated safetensors file',
    'model.safetensors',
    async () => (await readFile(weights)).subarray(0, 100_000),
    /MODEL_SAFETENSORS: .*model\.safetensors: the data of tensor \S+ ends at \d+, but the file has \d+ bytes/,
  ],
];

for (const [what, name, content, message] of MODELS) {
  test(`${what} as the model is refused before a data set is looked for`, async (t) => {
    const model = await temporaryFile(t, name, await content());
    const { exitCode, stderr } = await loadgen(['run', '--model', model, ...LATER]);
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, message);
  });
}

test('a network of another shape as the model is refused before a data set is looked for', async (t) => {
  const model = join(await temporaryCache(t), 'mtcnn', 'pnet.tflite');
  const { exitCode, stderr } = await loadgen(['run', '--model', model, ...LATER]);
  assert.equal(exitCode, 2, stderr);
  assert.match(stderr, /MODEL_SHAPE: .*pnet\.tflite is a network from .*, expected one from 1x112x96x3 float32/);
});
