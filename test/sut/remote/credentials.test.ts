import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import { readCredentials } from '../../../sut/remote/credentials.js';
import { remoteNamed } from '../../../sut/remote/remoteName.js';
import { createSystemUnderTest } from '../../../sut/systemsUnderTest.js';
import { PAIR_INPUT_VALUES, pairInputsOf } from '../pairInputsOf.js';
import { runQuery } from '../runQuery.js';
import { scriptedListener, startScriptedServer } from './scriptedServer.js';

const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
after(() => rmSync(folder, { recursive: true }));
const inputs = pairInputsOf(new Float32Array(PAIR_INPUT_VALUES).fill(0.5));

function credentialsOf(name: string, environment: Record<string, string>) {
  const address = remoteNamed(name);
  assert.ok(address);
  return readCredentials(address, environment);
}

describe('a token', () => {
  const SPHEREFACE_LOADGEN_TOKEN = 'abc.def';
  for (const place of [
    'http://localhost:1',
    'http://127.0.0.2:1',
    'http://[::1]:1',
    'https://h',
    'grpcs://h:1',
    'http://unix:/a:',
  ]) {
    test(`is sent to ${place}`, () => {
      const { token } = credentialsOf(`${place}/v2/models/m`, { SPHEREFACE_LOADGEN_TOKEN });
      assert.equal(token, SPHEREFACE_LOADGEN_TOKEN);
    });
  }
  for (const place of ['http://h', 'grpc://h:1', 'http://localhost.example', 'http://10.0.0.1:1']) {
    test(`is not sent to ${place}`, () => {
      assert.throws(() => credentialsOf(`${place}/v2/models/m`, { SPHEREFACE_LOADGEN_TOKEN }), {
        code: 'SUT_SERVER',
        message: /would go over the network in the clear/,
      });
    });
  }
  for (const token of ['two words', 'line\nbreak', 'ä', 'x'.repeat(9000)]) {
    test(`may not be ${JSON.stringify(token.slice(0, 12))}`, () => {
      assert.throws(
        () => credentialsOf('http://localhost/v2/models/m', { SPHEREFACE_LOADGEN_TOKEN: token }),
        ({ message }: Error) => /holds blanks, line breaks/.test(message) && !message.includes(token),
      );
    });
  }
  test('may be left out', () => {
    assert.equal(credentialsOf('http://h/v2/models/m', {}).token, undefined);
    assert.equal(credentialsOf('http://h/v2/models/m', { SPHEREFACE_LOADGEN_TOKEN: '' }).token, undefined);
  });

  test('goes with each request, and into no message of a server that repeats it', async (t) => {
    withEnvironment(t, 'SPHEREFACE_LOADGEN_TOKEN', 'abc.def');
    const seen: (string | undefined)[] = [];
    const name = await startScriptedServer(t, {
      '/v2/health/ready': (request, response) => {
        seen.push(request.headers.authorization);
        response.end();
      },
      infer: (_, request, response) => response.writeHead(500).end(`{"error":"bad ${request.headers.authorization}"}`),
    });
    await assert.rejects(
      createSystemUnderTest(name, { inputs }),
      ({ message }: Error) => /repeats the token in its answer/.test(message) && !message.includes('abc.def'),
    );
    assert.deepEqual(seen, ['Bearer abc.def']);
  });
});

const hasOpenSsl = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
})();

describe('TLS', { skip: !hasOpenSsl && 'there is no openssl to make a certificate with' }, () => {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  if (hasOpenSsl) {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const files = ['-keyout', key, '-out', certificate, '-days', '2'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...subject], {
      stdio: 'ignore',
    });
  }

  async function start(t: TestContext): Promise<string> {
    const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, scriptedListener());
    return `https://localhost:${await listen(t, server)}/v2/models/toy`;
  }

  test('is refused if nobody vouches for the certificate', async (t) => {
    await assert.rejects(createSystemUnderTest(await start(t), { inputs }), {
      code: 'SUT_SERVER',
      message: /has a certificate that is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    });
  });

  test('works with the certificates of the environment', async (t) => {
    withEnvironment(t, 'SPHEREFACE_LOADGEN_CA', certificate);
    const sut = await createSystemUnderTest(await start(t), { inputs });
    t.after(() => sut.close());
    assert.equal((await runQuery(sut, [0])).size, 1);
  });

  for (const [what, content] of [
    ['not there', undefined],
    ['something else', 'hello'],
  ] as const) {
    test(`is refused if these are ${what}`, async (t) => {
      const file = join(folder, 'other.pem');
      if (content !== undefined) writeFileSync(file, content);
      withEnvironment(t, 'SPHEREFACE_LOADGEN_CA', file);
      await assert.rejects(createSystemUnderTest('https://localhost:1/v2/models/toy', { inputs }), {
        code: 'SUT_SERVER',
        message: /^SPHEREFACE_LOADGEN_CA: /,
      });
    });
  }
});

test('a Unix domain socket takes the place of host and port', {
  skip: process.platform === 'win32' && 'Windows has none',
}, async (t) => {
  const socket = join(folder, 'server.sock');
  await listen(t, createPlainServer(scriptedListener()), socket);
  const sut = await createSystemUnderTest(`http://unix:${socket}:/v2/models/toy`, { inputs });
  t.after(() => sut.close());
  assert.equal((await runQuery(sut, [0])).size, 1);
});

async function listen(
  t: TestContext,
  server: ReturnType<typeof createPlainServer> | ReturnType<typeof createServer>,
  socket?: string,
): Promise<number> {
  if (socket === undefined) server.listen(0, 'localhost');
  else server.listen(socket);
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address() as AddressInfo | string;
  return typeof address === 'string' ? 0 : address.port;
}

function withEnvironment(t: TestContext, name: string, value: string): void {
  process.env[name] = value;
  t.after(() => delete process.env[name]);
}
