import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { type PageServer, startPageServer } from '../../../web/server/pageServer.js';
import type { SiteFile } from '../../../web/server/site.js';

const TOKEN = 'the-token';
const WASM = Buffer.alloc(50_000, 7);

const file = (type: string, content: string | Buffer, isLasting: boolean): SiteFile => ({
  ...{ type, isLasting },
  isCompressible: true,
  read: async () => Buffer.from(content),
});

let server: PageServer;
const failures: unknown[] = [];
before(async () => {
  server = await startPageServer({
    site: {
      files: new Map([
        ['index.html', file('text/html', '<h1>page</h1>', false)],
        ['worker.js', file('text/javascript', '1', false)],
        ['files/1/a.wasm', file('application/wasm', WASM, true)],
        [
          'broken.js',
          { ...file('text/javascript', '', false), read: () => Promise.reject(new Error('/home/me/broken')) },
        ],
      ]),
    },
    token: TOKEN,
    host: '127.0.0.1',
    port: 0,
    names: ['localhost', 'my-laptop.local'],
    results: () => [{ device: 'a phone' }],
    onNotice: async () => ({}),
    onRun: async () => ({}),
    onFailure: (thrown) => failures.push(thrown),
  });
});
after(() => server.close());

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** The path goes as it is: no client makes it harmless first. */
function ask(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

const FOUND: readonly [path: string, method: string, body: string][] = [
  [`/${TOKEN}/`, 'GET', '<h1>page</h1>'],
  [`/${TOKEN}/index.html?x=1`, 'GET', '<h1>page</h1>'],
  [`/${TOKEN}/index.html`, 'HEAD', ''],
  [`/${TOKEN}/results.json`, 'GET', '[{"device":"a phone"}]'],
];
for (const [path, method, body] of FOUND) {
  test(`${method} ${path} is answered`, async () => {
    const answer = await ask(path, method);
    assert.deepEqual([answer.status, answer.body.toString()], [200, body]);
  });
}

const REFUSED: readonly [path: string, method: string, status: number][] = [
  ['/', 'GET', 404],
  ['/index.html', 'GET', 404],
  [`/${TOKEN}`, 'GET', 404],
  [`/${TOKEN}x/`, 'GET', 404],
  ['/the-toke/', 'GET', 404],
  [`/${TOKEN}/../package.json`, 'GET', 404],
  [`/${TOKEN}/..%2f..%2fpackage.json`, 'GET', 404],
  [`/${TOKEN}/files/../../../etc/passwd`, 'GET', 404],
  [`/${TOKEN}//etc/passwd`, 'GET', 404],
  [`//${TOKEN}/index.html`, 'GET', 404],
  [`http://elsewhere/${TOKEN}/index.html`, 'GET', 404],
  [`/${TOKEN}/constructor`, 'GET', 404],
  [`/${TOKEN}/${'a'.repeat(2000)}`, 'GET', 404],
  [`/${TOKEN}/index.html`, 'PUT', 405],
  [`/${TOKEN}/index.html`, 'DELETE', 405],
  [`/${TOKEN}/index.html`, 'OPTIONS', 405],
];
for (const [path, method, status] of REFUSED) {
  test(`${method} ${path.slice(0, 60)} is refused with ${status}`, async () => {
    assert.equal((await ask(path, method)).status, status);
  });
}

/** Who may ask, and who may send: the address of a rebound name, or a page of another site, may not. */
const SENDERS: readonly [headers: Record<string, string>, method: string, status: number][] = [
  [{ host: 'localhost:1234' }, 'GET', 200],
  [{ host: 'my-laptop.local' }, 'GET', 200],
  [{ host: 'My-Laptop.local:8443' }, 'GET', 200],
  [{ host: '192.168.1.20:8443' }, 'GET', 200],
  [{ host: '[fd00::20]:8443' }, 'GET', 200],
  [{ host: 'evil.example' }, 'GET', 421],
  [{ host: 'localhost.evil.example:8443' }, 'GET', 421],
  [{ host: '127.0.0.1.evil.example' }, 'POST', 421],
  [{ 'sec-fetch-site': 'cross-site' }, 'GET', 200],
  [{ 'sec-fetch-site': 'same-origin' }, 'POST', 200],
  [{ 'sec-fetch-site': 'cross-site' }, 'POST', 403],
  [{ 'sec-fetch-site': 'same-site' }, 'POST', 403],
  [{ host: 'localhost:1', origin: 'http://localhost:1' }, 'POST', 200],
  [{ host: 'localhost:1', origin: 'https://localhost:1' }, 'POST', 403],
  [{ host: 'localhost:1', origin: 'http://evil.example' }, 'POST', 403],
  [{ host: 'localhost:1', origin: 'null' }, 'POST', 403],
];
for (const [headers, method, status] of SENDERS) {
  test(`${method} with ${JSON.stringify(headers)} is answered with ${status}`, async () => {
    const path = method === 'GET' ? '' : 'notices';
    assert.equal((await ask(`/${TOKEN}/${path}`, method, headers)).status, status);
  });
}

test('a page is isolated from others, and may load what is its own alone', async () => {
  const { headers } = await ask(`/${TOKEN}/`);
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
  assert.equal(headers['cross-origin-embedder-policy'], 'require-corp');
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(String(headers['content-security-policy']), /^default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/);
  const worker = await ask(`/${TOKEN}/worker.js`);
  assert.match(String(worker.headers['content-security-policy']), /unsafe-eval/);
});

test('a file that never changes may be kept, and goes compressed to who takes it so', async () => {
  const plain = await ask(`/${TOKEN}/files/1/a.wasm`);
  assert.match(String(plain.headers['cache-control']), /immutable/);
  assert.deepEqual(plain.body, WASM);
  const small = await ask(`/${TOKEN}/files/1/a.wasm`, 'GET', { 'accept-encoding': 'br, gzip' });
  assert.equal(small.headers['content-encoding'], 'gzip');
  assert.ok(small.body.length < 1000);
});

test('what fails on this machine is told to its user alone', async () => {
  const { status, body } = await ask(`/${TOKEN}/broken.js`);
  assert.equal(status, 500);
  assert.doesNotMatch(body.toString(), /home/);
  assert.match(String(failures[0]), /\/home\/me\/broken/);
});
