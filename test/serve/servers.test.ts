import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { LoadGenError } from '../../base/errors.js';
import { PAIR_IMAGES, responseBytesOf } from '../../base/pairLayout.js';
import { startGrpcServer } from '../../serve/grpcServer.js';
import { startRestServer } from '../../serve/restServer.js';
import { createServedModel } from '../../serve/servedModel.js';
import type { ClosableSystemUnderTest } from '../../sut/closableSystemUnderTest.js';
import { SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';
import { IN_THREAD } from '../../sut/placement.js';
import { createSystemUnderTest } from '../../sut/systemsUnderTest.js';
import { PAIR_INPUT_VALUES, pairInputsOf } from '../sut/pairInputsOf.js';
import { IMAGE_VALUES, toyEmbeddings } from '../sut/remote/scriptedServer.js';
import { runQuery } from '../sut/runQuery.js';

const SHAPE = [112, 96, 3];
const TENSOR = { name: 'images', datatype: 'FP32' };

/** Serves a system that gives the first values of each image. */
async function serve(t: TestContext, options: { token?: string; failsAt?: number } = {}) {
  const failures: LoadGenError[] = [];
  let asked = 0;
  const model = await createServedModel({
    network: SPHEREFACE20_SHAPE,
    pairsAtATime: 2,
    create: async ({ shared, offsetOf }): Promise<ClosableSystemUnderTest> => ({
      name: 'toy',
      configuration: { engine: 'toy', precision: 'fp32' },
      issueQuery(samples, responder) {
        for (const { id, index } of samples) {
          setImmediate(() => {
            if (++asked === options.failsAt) {
              responder.fail(new LoadGenError('SUT_FAILED', 'too warm'));
              return;
            }
            const inputs = new Float32Array(shared, offsetOf(index) * 4, PAIR_IMAGES * IMAGE_VALUES);
            const data = new Uint8Array(toyEmbeddings(inputs).buffer);
            assert.equal(data.length, responseBytesOf(SPHEREFACE20_SHAPE));
            responder.querySamplesComplete([{ id, data }]);
          });
        }
      },
      flushQueries() {},
      close() {},
    }),
    onFailure: (reason) => failures.push(reason),
  });
  const server = await startRestServer({
    ...{ model, modelName: 'toy', network: SPHEREFACE20_SHAPE, version: '1.2.3', token: options.token },
    ...{ host: '127.0.0.1', port: 0 },
  });
  const grpc = await startGrpcServer({
    ...{ model, modelName: 'toy', network: SPHEREFACE20_SHAPE, version: '1.2.3', token: options.token },
    ...{ host: '127.0.0.1', port: 0 },
  });
  t.after(async () => {
    await server.close();
    await grpc.close();
    await model.close();
  });
  const origin = `http://127.0.0.1:${server.port}`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${origin}${path}`, init);
    return { status: response.status, body: await response.text() };
  };
  return { origin, grpcOrigin: `grpc://127.0.0.1:${grpc.port}`, ask, model, failures };
}

function noise(images: number, seed = 1): Float32Array {
  return Float32Array.from({ length: images * IMAGE_VALUES }, (_, i) => Math.fround(Math.sin(seed * (i + 1))));
}

const jsonRequest = (changes: object = {}, input: object = {}) =>
  JSON.stringify({ inputs: [{ ...TENSOR, shape: [1, ...SHAPE], data: Array.from(noise(1)), ...input }], ...changes });
const infer = (body: string | Uint8Array, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body: typeof body === 'string' ? body : new Uint8Array(body),
  headers,
});
const MODEL = '/v2/models/toy';

describe('a served system', () => {
  test('is described as the protocol asks for', async (t) => {
    const { ask } = await serve(t);
    for (const [path, expected] of [
      ['/v2', { name: 'sphereface-loadgen', version: '1.2.3', extensions: ['binary_tensor_data', 'statistics'] }],
      ['/v2/health/live', { live: true }],
      ['/v2/health/ready', { ready: true }],
      [`${MODEL}/ready`, { name: 'toy', ready: true }],
      [`${MODEL}/versions/1/ready`, { name: 'toy', ready: true }],
      [
        MODEL,
        {
          ...{ name: 'toy', versions: ['1'], platform: 'toy_fp32' },
          inputs: [{ ...TENSOR, shape: [-1, ...SHAPE] }],
          outputs: [{ name: 'embeddings', datatype: 'FP32', shape: [-1, 512] }],
        },
      ],
    ] as const) {
      const { status, body } = await ask(path);
      assert.equal(status, 200, path);
      assert.deepEqual(JSON.parse(body), expected);
    }
  });

  for (const images of [1, 3, 4, 9]) {
    test(`answers ${images} images, in JSON`, async (t) => {
      const { ask } = await serve(t);
      const inputs = noise(images);
      const { status, body } = await ask(
        `${MODEL}/infer`,
        infer(jsonRequest({ id: 'a' }, { shape: [images, ...SHAPE], data: Array.from(inputs) })),
      );
      assert.equal(status, 200, body);
      const { outputs, ...head } = JSON.parse(body);
      assert.deepEqual(head, { model_name: 'toy', model_version: '1', id: 'a' });
      assert.deepEqual(Float32Array.from(outputs[0].data), toyEmbeddings(inputs));
      assert.deepEqual(outputs[0].shape, [images, 512]);
    });
  }

  for (const [protocol, transport] of [
    ['origin', 'REST, binary tensors'],
    ['grpcOrigin', 'gRPC, raw tensors'],
  ] as const) {
    test(`is measured like any other by ${transport}, and counts what was asked`, async (t) => {
      const { [protocol]: origin } = await serve(t);
      const values = noise(5 * PAIR_IMAGES, 3);
      const placement = { ...IN_THREAD, workers: 3, batch: 8 };
      const sut = await createSystemUnderTest(`${origin}${MODEL}`, { inputs: pairInputsOf(values), placement });
      t.after(() => sut.close());
      assert.equal(sut.configuration.transport, transport);
      const endWatch = await sut.watchServer?.();
      for (let round = 0; round < 3; round++) {
        for (const [index, { bytes }] of await runQuery(sut, [0, 1, 2, 3, 4])) {
          const images = values.subarray(index * PAIR_INPUT_VALUES, (index + 1) * PAIR_INPUT_VALUES);
          assert.deepEqual(new Float32Array(bytes.slice().buffer), toyEmbeddings(images));
        }
      }
      const figures = await endWatch?.();
      assert.deepEqual([figures?.requests, figures?.servedRequests], [9, 9], '8, 8 and 4 images, three times');
      const { roundTripNs = 0, servedNs = 0, queueNs = 0 } = figures ?? {};
      assert.ok(roundTripNs > servedNs && servedNs > queueNs && queueNs > 0, JSON.stringify(figures));
    });
  }

  test('refuses by gRPC what is not for its model', async (t) => {
    const { grpcOrigin } = await serve(t, { token: 'secret' });
    const given = { inputs: pairInputsOf(noise(PAIR_IMAGES)) };
    await assert.rejects(createSystemUnderTest(`${grpcOrigin}${MODEL}`, given), {
      message: /UNAUTHENTICATED: found no valid token/,
    });
    process.env.SPHEREFACE_LOADGEN_TOKEN = 'secret';
    t.after(() => delete process.env.SPHEREFACE_LOADGEN_TOKEN);
    await assert.rejects(createSystemUnderTest(`${grpcOrigin}/v2/models/cat`, given), {
      message: /NOT_FOUND: there is no model "cat" here, expected "toy"/,
    });
    await assert.rejects(createSystemUnderTest(`${grpcOrigin}${MODEL}/versions/2`, given), { message: /NOT_FOUND/ });
    const sut = await createSystemUnderTest(`${grpcOrigin}${MODEL}`, given);
    await sut.close();
  });

  test('counts what it did', async (t) => {
    const { ask } = await serve(t);
    for (const images of [1, 9])
      await ask(
        `${MODEL}/infer`,
        infer(jsonRequest({}, { shape: [images, ...SHAPE], data: Array.from(noise(images)) })),
      );
    const { model_stats } = JSON.parse((await ask(`${MODEL}/stats`)).body);
    const [{ inference_count, execution_count, inference_stats: stats }] = model_stats;
    assert.deepEqual([inference_count, execution_count, stats.success.count], [10, 4, 2]);
    assert.equal(stats.success.ns, stats.compute_infer.ns + stats.queue.ns);
    assert.ok(stats.compute_infer.ns > 0 && stats.queue.ns > 0);
  });

  test('asks for the token', async (t) => {
    const { ask } = await serve(t, { token: 'secret' });
    for (const authorization of ['', 'Bearer other', 'secret', 'Basic secret'])
      assert.equal((await ask('/v2', { headers: { authorization } })).status, 401, authorization);
    assert.equal((await ask('/v2', { headers: { authorization: 'Bearer secret' } })).status, 200);
  });

  test('that fails answers every request so, and says it once', async (t) => {
    const { ask, failures } = await serve(t, { failsAt: 2 });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count++) statuses.push((await ask(`${MODEL}/infer`, infer(jsonRequest()))).status);
    assert.deepEqual(statuses, [200, 500, 500, 500]);
    assert.deepEqual(
      failures.map(({ message }) => message),
      ['too warm'],
    );
  });
});

describe('a request that is refused', () => {
  const head = (size: number) =>
    Buffer.from(
      JSON.stringify({ inputs: [{ ...TENSOR, shape: [1, ...SHAPE], parameters: { binary_data_size: size } }] }),
    );
  const bytes = 4 * IMAGE_VALUES;
  const binary = (size: number, sent: number): [Uint8Array, Record<string, string>] => [
    Buffer.concat([head(size), Buffer.alloc(sent)]),
    { 'inference-header-content-length': String(head(size).length) },
  ];
  const deep = `{"inputs":${'['.repeat(1e5)}`;
  const cases: readonly (readonly [kind: string, request: ReturnType<typeof infer>, message: RegExp])[] = [
    ['is empty', infer(''), /not JSON/],
    ['is not JSON', infer('hello'), /not JSON/],
    ['is nested', infer(deep), /not JSON/],
    ['is a list', infer('[]'), /not as expected/],
    ['has no input', infer('{"inputs":[]}'), /inputs/],
    ['has two inputs', infer(jsonRequest({ inputs: [TENSOR, TENSOR] })), /inputs/],
    [
      'names another input',
      infer(jsonRequest({}, { name: 'x' })),
      /found "x" FP32 \[1, 112, 96, 3\], expected "images" FP32/,
    ],
    ['is of another type', infer(jsonRequest({}, { datatype: 'FP16' })), /found "images" FP16/],
    ['is of another shape', infer(jsonRequest({}, { shape: [1, 3, 112, 96] })), /\[1, 3, 112, 96\]/],
    ['has no image', infer(jsonRequest({}, { shape: [0, ...SHAPE], data: [] })), /of 1 to 256 images/],
    ['has too many images', infer(jsonRequest({}, { shape: [1e9, ...SHAPE] })), /of 1 to 256 images/],
    ['has half an image', infer(jsonRequest({}, { shape: [0.5, ...SHAPE] })), /of 1 to 256 images/],
    ['has too few values', infer(jsonRequest({}, { data: [1, 2] })), /found 8 bytes of input, expected 129024/],
    ['has texts for values', infer(jsonRequest({}, { data: ['1'] })), /no number/],
    ['wants another output', infer(jsonRequest({ outputs: [{ name: 'y' }] })), /the output "y", expected "embeddings"/],
    ['sends fewer bytes than it says', infer(...binary(bytes, 8)), /found 8 bytes of input/],
    [
      'says another number of bytes',
      infer(...binary(8, bytes)),
      /found 129024 bytes of input, expected 8, as the header says/,
    ],
    [
      'has a header longer than itself',
      infer('{}', { 'inference-header-content-length': '99' }),
      /header of 99 bytes in 2/,
    ],
    ['has a header of words', infer('{}', { 'inference-header-content-length': 'all' }), /header of all bytes/],
  ];
  for (const [kind, request, message] of cases) {
    test(`if it ${kind}`, async (t) => {
      const { ask } = await serve(t);
      const { status, body } = await ask(`${MODEL}/infer`, request);
      assert.equal(status, 400, body);
      assert.match(JSON.parse(body).error, message);
      assert.equal((await ask('/v2/health/ready')).status, 200, 'and the next one is answered');
    });
  }

  test('if it is too large', async (t) => {
    const { ask, origin } = await serve(t);
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    let answer = '';
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(1 << 20), Buffer.from('\r\n')]);
    const write = () => {
      while (socket.writable && socket.write(chunk));
    };
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', () => {}).on('drain', write);
    socket.write(`POST ${MODEL}/infer HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`);
    write();
    // The server hangs up in the middle of it, and what it says may be lost by that.
    await new Promise((resolve) => socket.on('close', resolve));
    assert.match(answer, /^$|^HTTP\/1\.1 400 .*found a request of more than \d+ bytes/s);
    assert.equal((await ask('/v2/health/ready')).status, 200);
  });

  const elsewhere: readonly (readonly [path: string, method: string, status: number])[] = [
    ['/', 'GET', 404],
    ['/v2/models/cat', 'GET', 404],
    ['/v2/models/toy/versions/2', 'GET', 404],
    ['/v2/models/%', 'GET', 404],
    ['/v2/models/toy/infer', 'GET', 405],
    ['/v2', 'POST', 405],
  ];
  for (const [path, method, expected] of elsewhere) {
    test(`if it is ${method} ${path}`, async (t) => {
      const { ask } = await serve(t);
      const { status, body } = await ask(path, { method });
      assert.equal(status, expected);
      assert.ok(JSON.parse(body).error.length > 0);
    });
  }

  test('if the port is taken', async (t) => {
    const { origin, model } = await serve(t);
    const options = {
      model,
      modelName: 'toy',
      network: SPHEREFACE20_SHAPE,
      version: '1',
      token: undefined,
      host: '127.0.0.1',
    };
    await assert.rejects(startRestServer({ ...options, port: Number(new URL(origin).port) }), {
      code: 'SERVE_LISTEN',
      message: /cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/,
    });
  });
});
