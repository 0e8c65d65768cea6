// node --test examples/http-sut
import { after, before, test } from 'node:test';
import { systemUnderTestContract } from 'sphereface-loadgen/testing';
import { startServer } from './server.js';
import plugin from './sut.js';

let server;

before(async () => {
  server = await startServer();
  process.env.SUT_URL = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

for (const { name, run } of systemUnderTestContract((options) => plugin.createSystemUnderTest(options)))
  test(name, run);
