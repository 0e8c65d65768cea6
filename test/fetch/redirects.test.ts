import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTENT, fetchContent } from './fetching.js';
import { content, startServer, status } from './testServer.js';

for (const code of [301, 302, 303, 307, 308]) {
  test(`a redirect ${code} to another server is followed`, async (t) => {
    const target = await startServer(t, content(CONTENT));
    const server = await startServer(t, status(code, { location: `${target.url}there` }));
    assert.ok((await fetchContent(t, [server.url])).bytes.equals(CONTENT));
    assert.deepEqual(target.asked, ['/there']);
  });
}

test('a relative redirect is followed', async (t) => {
  const server = await startServer(t, status(302, { location: 'b?c=d' }), content(CONTENT));
  assert.ok((await fetchContent(t, [`${server.url}folder/a`])).bytes.equals(CONTENT));
  assert.deepEqual(server.asked, ['/folder/a', '/folder/b?c=d']);
});

test('five redirects are followed, not six', async (t) => {
  const again = status(302, { location: '/again' });
  const five = await startServer(t, again, again, again, again, again, content(CONTENT));
  assert.ok((await fetchContent(t, [five.url])).bytes.equals(CONTENT));
  const endless = await startServer(t, again);
  await assert.rejects(fetchContent(t, [endless.url]), { message: /found more than 5 redirects/ });
  assert.equal(endless.asked.length, 6);
});

const REFUSED: readonly [string, RegExp][] = [
  ['file:///etc/passwd', /found a redirect to file:, expected http or https/],
  ['ftp://127.0.0.1/a', /found a redirect to ftp:/],
  ['data:text/plain,a', /found a redirect to data:/],
  ['http://', /found the address "http:\/\/"/],
];

for (const [location, message] of REFUSED) {
  test(`a redirect to ${location} is refused`, async (t) => {
    const server = await startServer(t, status(302, { location }));
    await assert.rejects(fetchContent(t, [server.url]), { code: 'FETCH_DOWNLOAD', message });
    assert.equal(server.asked.length, 1);
  });
}
