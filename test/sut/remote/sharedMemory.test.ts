import assert from 'node:assert/strict';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { copyImages } from '../../../sut/inputLayout.js';
import { SPHEREFACE20_SHAPE } from '../../../sut/networks/sphereface20.js';
import { IN_THREAD, type Placement } from '../../../sut/placement.js';
import { remoteNamed } from '../../../sut/remote/remoteName.js';
import { canShareMemory } from '../../../sut/remote/sharedRegion.js';
import { createSystemUnderTest } from '../../../sut/systemsUnderTest.js';
import { PAIR_INPUT_VALUES, pairInputsOf } from '../pairInputsOf.js';
import { runQuery } from '../runQuery.js';
import { answer, TOY_MODEL, toyEmbeddings } from './scriptedServer.js';

const SAMPLES = 5;
const values = Float32Array.from({ length: SAMPLES * PAIR_INPUT_VALUES }, (_, i) => Math.fround(Math.cos(i)));
const inputs = pairInputsOf(values);
const samples = Array.from({ length: SAMPLES }, (_, index) => index);
const REGION = /^\/v2\/systemsharedmemory\/region\/([^/]+)\/(register|unregister)$/;

interface Script {
  readonly registerStatus?: number;
  readonly sharedStatus?: number;
  readonly shape?: readonly number[];
}

/** A server with the extension, which keeps what is registered open as Triton does. */
async function serve(t: TestContext, { registerStatus = 200, sharedStatus = 200, shape = [-1, 112, 96, 3] }: Script) {
  const regions = new Map<string, number>();
  const model = { ...TOY_MODEL, inputs: [{ ...TOY_MODEL.inputs[0], shape }] };
  const described: Readonly<Record<string, object>> = {
    '/v2': { name: 'toys', version: '7', extensions: ['binary_tensor_data', 'system_shared_memory'] },
    '/v2/models/toy': model,
  };
  const change = (name: string, what: string, body: Buffer): number => {
    if (what === 'unregister') {
      closeSync(regions.get(name) ?? -1);
      regions.delete(name);
    } else if (registerStatus === 200) regions.set(name, openSync(`/dev/shm${JSON.parse(body.toString()).key}`, 'r'));
    return what === 'register' ? registerStatus : 200;
  };
  const infer = (request: IncomingMessage, body: Buffer, response: ServerResponse) => {
    const jsonBytes = Number(request.headers['inference-header-content-length']);
    const { id, inputs: tensors } = JSON.parse(body.subarray(0, jsonBytes).toString());
    const [{ shape: found, parameters }] = tensors;
    const name = parameters.shared_memory_region;
    const bytes = name === undefined ? body.subarray(jsonBytes) : Buffer.alloc(parameters.shared_memory_byte_size);
    if (name !== undefined) readSync(regions.get(name) ?? -1, bytes, 0, bytes.length, parameters.shared_memory_offset);
    if (name !== undefined && sharedStatus !== 200) response.writeHead(sharedStatus).end('{"error":"no"}');
    else
      answer(response, {
        ...{ id, images: found[0], isBinary: true, earlier: 0 },
        inputs: new Float32Array(new Uint8Array(bytes).buffer),
      });
  };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { url = '' } = request;
    const [, name, what = ''] = REGION.exec(url) ?? [];
    if (name !== undefined) response.writeHead(change(name, what, body)).end('{"error":"is not allowed"}');
    else if (url.endsWith('/infer')) infer(request, body, response);
    else response.end(JSON.stringify(described[url] ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/models/toy`, regions };
}

function filesInMemory(): string[] {
  return readdirSync('/dev/shm').filter((name) => name.startsWith('sphereface-loadgen-'));
}

/** What the toy model makes of a sample that it gets in this layout. */
function expectedOf(sample: number, layout: 'NHWC' | 'NCHW'): Float32Array {
  const pair = values.subarray(sample * PAIR_INPUT_VALUES, (sample + 1) * PAIR_INPUT_VALUES);
  const arranged = new Float32Array(pair.length);
  copyImages(pair, arranged, SPHEREFACE20_SHAPE, layout);
  return toyEmbeddings(arranged);
}

describe('memory that is shared with a server on this machine', {
  skip: process.platform !== 'linux' && 'on Linux',
}, () => {
  const cases: readonly (readonly [placement: Partial<Placement>, layout: 'NHWC' | 'NCHW'])[] = [
    [{}, 'NHWC'],
    [{ workers: 3 }, 'NHWC'],
    [{ batch: 12, workers: 2 }, 'NHWC'],
    [{ batch: 1, workers: 2 }, 'NCHW'],
  ];
  for (const [placement, layout] of cases) {
    test(`holds the images, with ${JSON.stringify(placement)}, ${layout}`, async (t) => {
      const shape = layout === 'NHWC' ? [-1, 112, 96, 3] : [-1, 3, 112, 96];
      const { address, regions } = await serve(t, { shape });
      const sut = await createSystemUnderTest(address, { inputs, placement: { ...IN_THREAD, ...placement } });
      assert.equal(sut.configuration.transport, 'REST, shared memory');
      assert.equal(regions.size, 1);
      const [name = ''] = regions.keys();
      assert.ok(!filesInMemory().includes(name), 'the file is gone as soon as the server has it');
      for (let round = 0; round < 3; round++)
        for (const [sample, { bytes }] of await runQuery(sut, samples))
          assert.deepEqual(new Float32Array(bytes.slice().buffer), expectedOf(sample, layout));
      await sut.close();
      assert.equal(regions.size, 0, 'the server has let go of it');
    });
  }

  const refusals: readonly (readonly [what: string, script: Script])[] = [
    ['does not take it', { registerStatus: 400 }],
    ['cannot read it', { sharedStatus: 500 }],
  ];
  for (const [what, script] of refusals) {
    test(`is done without if the server ${what}`, async (t) => {
      const { address } = await serve(t, script);
      const sut = await createSystemUnderTest(address, { inputs });
      t.after(() => sut.close());
      assert.equal(sut.configuration.transport, 'REST, binary tensors');
      const found = (await runQuery(sut, [1])).get(1)?.bytes.slice() ?? new Uint8Array();
      assert.deepEqual(new Float32Array(found.buffer), expectedOf(1, 'NHWC'));
    });
  }
});

for (const [name, extensions, isShared] of [
  ['http://127.0.0.1:1/v2/models/a', ['system_shared_memory'], true],
  ['grpc://unix:/a.sock:/v2/models/a', ['system_shared_memory'], true],
  ['http://127.0.0.1:1/v2/models/a', ['statistics'], false],
  ['http://192.0.2.1:1/v2/models/a', ['system_shared_memory'], false],
] as const) {
  test(`${name} with ${extensions} ${isShared ? 'may share' : 'shares no'} memory`, () => {
    const address = remoteNamed(name);
    assert.ok(address !== undefined);
    const found = canShareMemory(address, { name: 'toys', version: '', extensions });
    assert.equal(found, isShared && process.platform === 'linux');
  });
}
