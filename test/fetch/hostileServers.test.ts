import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { LoadGenError } from '../../base/errors.js';
import { fetchAssets } from '../../fetch/fetchAssets.js';
import { assetOf, CONTENT, fetchContent, fileOf, startFetching, temporaryFolder } from './fetching.js';
import { type Answer, content, startServer } from './testServer.js';

const silent: Answer = () => {};
const stalled: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': CONTENT.length }).write(CONTENT.subarray(0, 1000));
};
const endless: Answer = (_request, response) => {
  const more = () => {
    while (!response.destroyed && response.write(CONTENT));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};
const reset: Answer = (_request, response) => response.socket?.resetAndDestroy();
/** More bytes than Content-Length says, past Node's own check. */
const longerThanSaid: Answer = (_request, response) => {
  response.socket?.end(
    Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${CONTENT.length - 1}\r\n\r\n`), CONTENT]),
  );
};
const shorterThanSaid: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': CONTENT.length + 1 }).write(CONTENT, () => response.socket?.end());
};
/** Its end is that of the connection: what is missing cannot be told from what is not. */
const cutWithoutLength: Answer = (_request, response) => {
  response.socket?.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), CONTENT.subarray(0, 500)]));
};
const cutInChunks: Answer = (_request, response) => {
  response.writeHead(200).write(CONTENT.subarray(0, 500), () => response.socket?.end());
};
const noHttp: Answer = (_request, response) => response.socket?.end('220 smtp.example ready\r\n');
const sizeTooLarge: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': 1e15 }).write('x');
};

const CASES: readonly [string, Answer, RegExp][] = [
  ['never ends', endless, /sends more than the expected 300000 bytes/],
  ['resets the connection', reset, /ECONNRESET|other side closed/],
  ['sends more than it says', longerThanSaid, /found SHA-256 .*, expected SHA-256|Response does not match/],
  ['sends less than it says', shorterThanSaid, /found 300001 bytes, expected at most 300000/],
  ['ends early without saying so', cutWithoutLength, /found SHA-256 .*, expected SHA-256/],
  ['breaks off in chunks', cutInChunks, /other side closed|terminated/],
  ['does not speak HTTP', noHttp, /Parse Error|Expected HTTP/],
  ['says it has 1 PB', sizeTooLarge, /found 1000000000000000 bytes, expected at most 300000/],
];

for (const [what, answer, message] of CASES) {
  test(`a server that ${what} is given up, for the next one`, async (t) => {
    const [first, second] = [await startServer(t, answer), await startServer(t, content(CONTENT))];
    const { bytes, notices } = await fetchContent(t, [first.url, second.url]);
    assert.ok(bytes.equals(CONTENT));
    assert.match(notices.filter((text) => text.startsWith(first.url)).join('\n'), message);
  });
}

const SILENT: readonly [string, Answer, RegExp][] = [
  ['accepts and is silent', silent, /Headers Timeout Error; again in 1 s/],
  ['stops in the middle', stalled, /Body Timeout Error; again in 1 s/],
];

for (const [what, answer, message] of SILENT) {
  test(`a server that ${what} is asked again`, async (t) => {
    const { url } = await startServer(t, answer, content(CONTENT));
    const { bytes, notices } = await fetchContent(t, [url], { silenceMs: 50 });
    assert.ok(bytes.equals(CONTENT));
    assert.match(notices.join('\n'), message);
  });
}

test('a connection that is not made in time may be tried again', async (t) => {
  // It speaks no TLS: connecting, which includes the handshake, does not end.
  const server = createServer((socket) => socket.on('error', () => {}).resume());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const enough = new Error('enough tried');
  const wait = () => Promise.reject(enough);
  const notices: string[] = [];
  const onNotice = (text: string) => notices.push(text);
  const fetching = fetchContent(t, [`https://127.0.0.1:${address.port}/`], { connectMs: 50, wait, onNotice });
  await assert.rejects(fetching, enough);
  assert.match(notices.join('\n'), /Connect Timeout Error.*; again in 1 s/);
});

test('an abort leaves what has come, and the next time goes on from there', async (t) => {
  const server = await startServer(t, stalled, content(CONTENT));
  const folder = await temporaryFolder(t);
  const assets = [assetOf(fileOf(CONTENT, [`${server.url}a`]))];
  const controller = new AbortController();
  const reason = new LoadGenError('INTERRUPTED', 'interrupted');
  const startProgress = () => ({ update: () => controller.abort(reason), stop: () => {} });
  const { fetched } = startFetching({ assets, folder, signal: controller.signal, startProgress });
  await assert.rejects(fetched, reason);
  assert.deepEqual(await readdir(folder), ['downloads']);
  const part = await readFile(join(folder, 'downloads', 'file.bin.partial'));
  assert.ok(part.equals(CONTENT.subarray(0, 1000)));
  await startFetching({ assets, folder }).fetched;
  assert.equal(server.asked[1], '/a bytes=1000-');
  assert.ok((await readFile(join(folder, 'thing', 'file.bin'))).equals(CONTENT));
});

test('an abort ends the wait between attempts', async (t) => {
  const server = await startServer(t, reset);
  const controller = new AbortController();
  const reason = new LoadGenError('INTERRUPTED', 'interrupted');
  const onNotice = (text: string) => text.includes('again in') && controller.abort(reason);
  const assets = [assetOf(fileOf(CONTENT, [server.url]))];
  const fetched = fetchAssets({ assets, folder: await temporaryFolder(t), signal: controller.signal, onNotice });
  await assert.rejects(fetched, reason);
});
