import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { CONTENT, fetchContent } from './fetching.js';
import { content, startServer } from './testServer.js';

/** A proxy that leads every tunnel to the same server. Gives its address and the places asked for. */
async function startProxy(t: TestContext, target: string): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    content(CONTENT)(request, response);
  }).on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    const upstream = connect(Number(new URL(target).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    for (const end of [socket, upstream]) sockets.push(end.on('error', () => {}));
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  t.after(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = proxy.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

function useEnvironment(t: TestContext, variables: Readonly<Record<string, string>>): void {
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
    delete process.env[name];
  }
  Object.assign(process.env, variables);
}

for (const name of ['HTTP_PROXY', 'http_proxy']) {
  test(`${name} is asked for a host that only it can reach`, async (t) => {
    const target = await startServer(t, content(CONTENT));
    const proxy = await startProxy(t, target.url);
    useEnvironment(t, { [name]: proxy.url });
    assert.ok((await fetchContent(t, ['http://files.invalid/a'])).bytes.equals(CONTENT));
    assert.equal(proxy.asked.length, 1);
    assert.match(proxy.asked[0] ?? '', /files\.invalid/);
  });
}

test('HTTPS_PROXY is asked for https', async (t) => {
  const target = await startServer(t, content(CONTENT));
  const proxy = await startProxy(t, target.url);
  useEnvironment(t, { HTTPS_PROXY: proxy.url });
  // The server behind the tunnel speaks no TLS: that the tunnel was asked for is what counts.
  await assert.rejects(fetchContent(t, ['https://files.invalid/a']), { code: 'FETCH_DOWNLOAD' });
  assert.deepEqual(new Set(proxy.asked), new Set(['files.invalid:443']));
});

test('NO_PROXY exempts a host', async (t) => {
  const target = await startServer(t, content(CONTENT));
  const proxy = await startProxy(t, target.url);
  useEnvironment(t, { HTTP_PROXY: proxy.url, NO_PROXY: 'example.com,127.0.0.1' });
  assert.ok((await fetchContent(t, [`${target.url}a`])).bytes.equals(CONTENT));
  assert.deepEqual([proxy.asked, target.asked], [[], ['/a']]);
});
