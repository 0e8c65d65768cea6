// node --test examples/http-sut
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { systemUnderTestContract } from 'sphereface-loadgen/testing';
import plugin from './sut.js';

let server;

before(async () => {
  const file = fileURLToPath(new URL('./server.js', import.meta.url));
  server = spawn(process.execPath, [file, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [address] = await once(server.stdout, 'data');
  process.env.SUT_URL = String(address).trim();
});
after(() => server.kill());

for (const { name, run } of systemUnderTestContract((options) => plugin.createSystemUnderTest(options)))
  test(name, run);
