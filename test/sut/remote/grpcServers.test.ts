import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { IN_THREAD, type Placement } from '../../../sut/placement.js';
import { encode, MESSAGES } from '../../../sut/remote/grpc/inferenceProto.js';
import { createSystemUnderTest } from '../../../sut/systemsUnderTest.js';
import { systemUnderTestContract } from '../../../testing/index.js';
import { PAIR_INPUT_VALUES, pairInputsOf } from '../pairInputsOf.js';
import { runQuery } from '../runQuery.js';
import { answerGrpc, type GrpcScript, startScriptedGrpcServer } from './scriptedGrpcServer.js';
import { toyEmbeddings } from './scriptedServer.js';

const values = Float32Array.from({ length: 3 * PAIR_INPUT_VALUES }, (_, i) => Math.fround(Math.sin(i)));
const inputs = pairInputsOf(values);

async function openOn(t: TestContext, name: string, placement: Partial<Placement> = {}) {
  const sut = await createSystemUnderTest(name, { inputs, placement: { ...IN_THREAD, ...placement } });
  t.after(() => sut.close());
  return sut;
}

const output = (changes: object = {}) => ({ name: 'embeddings', datatype: 'FP32', shape: [4, 512], ...changes });

describe('a gRPC server that keeps the protocol', () => {
  for (const placement of [{}, { batch: 8 }, { batch: 1, workers: 4 }]) {
    test(`is asked with ${JSON.stringify(placement)}`, async (t) => {
      const sut = await openOn(t, await startScriptedGrpcServer(t), placement);
      assert.equal(sut.name, 'toy on toys, gRPC, raw tensors');
      for (const [index, { bytes }] of await runQuery(sut, [0, 1, 2])) {
        const images = values.subarray(index * PAIR_INPUT_VALUES, (index + 1) * PAIR_INPUT_VALUES);
        assert.deepEqual(new Float32Array(bytes.slice().buffer), toyEmbeddings(images));
      }
    });
  }

  test('may answer with numbers in place of raw bytes', async (t) => {
    const fp32_contents = Array.from({ length: 4 * 512 }, (_, i) => Math.fround(i / 3));
    const ModelInfer: GrpcScript['ModelInfer'] = (message, callback) =>
      answerGrpc(message, callback, { outputs: [output({ contents: { fp32_contents } })], raw_output_contents: [] });
    const sut = await openOn(t, await startScriptedGrpcServer(t, { ModelInfer }));
    const bytes = (await runQuery(sut, [0])).get(0)?.bytes ?? new Uint8Array();
    assert.deepEqual(Array.from(new Float32Array(bytes.slice().buffer)), fp32_contents);
  });

  test('keeps the contract of systems', { timeout: 600_000 }, async (t) => {
    const name = await startScriptedGrpcServer(t);
    const cases = systemUnderTestContract(({ inputs, placement }) =>
      createSystemUnderTest(name, { inputs, placement }),
    );
    for (const { name, run } of cases) await t.test(name, run);
  });
});

describe('a gRPC server that cannot be used is refused', () => {
  const cases: readonly (readonly [kind: string, script: GrpcScript, message: RegExp])[] = [
    [
      'is not ready',
      { ServerReady: (_, reply) => reply(null, encode(MESSAGES.readiness, {})) },
      /says that it is not ready/,
    ],
    [
      'has a model that is not ready',
      { ModelReady: (_, reply) => reply(null, encode(MESSAGES.readiness, {})) },
      /model "toy" is not ready/,
    ],
    [
      'has no such model',
      { ModelMetadata: (_, reply) => reply({ code: status.NOT_FOUND, details: 'no toy\n here' }) },
      /answers with status NOT_FOUND: no toy here/,
    ],
    [
      'wants a token',
      { ServerMetadata: (_, reply) => reply({ code: status.UNAUTHENTICATED }) },
      /status UNAUTHENTICATED/,
    ],
    [
      'speaks another protocol',
      { ServerMetadata: (_, reply) => reply(null, Buffer.from([0x0f])) },
      /as metadata of the server what is no message of the protocol/,
    ],
    [
      'has endless metadata',
      { ServerMetadata: (_, reply) => reply(null, encode(MESSAGES.serverMetadata, { name: 'x'.repeat(5e6) })) },
      /RESOURCE_EXHAUSTED: Received message larger/,
    ],
    [
      'has a model of another shape',
      {
        ModelMetadata: (_, reply) =>
          reply(null, encode(MESSAGES.modelMetadata, { inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 7] }] })),
      },
      /inputs of its model are x FP32 \[-1, 7\]/,
    ],
    [
      'fails at once',
      { ModelInfer: (_, reply) => reply({ code: status.INTERNAL, details: 'no memory' }) },
      /status INTERNAL: no memory/,
    ],
  ];
  for (const [kind, script, message] of cases) {
    test(`if it ${kind}`, async (t) => {
      await assert.rejects(openOn(t, await startScriptedGrpcServer(t, script)), { code: 'SUT_SERVER', message });
    });
  }

  const places: readonly (readonly [place: string, message: RegExp])[] = [
    ['127.0.0.1:1', /refuses connections/],
    ['unix:/no/such.sock:', /has no socket of this path/],
  ];
  for (const [place, message] of places) {
    test(`if there is none at ${place}`, async (t) => {
      await assert.rejects(openOn(t, `grpc://${place}/v2/models/toy`), { code: 'SUT_SERVER', message });
    });
  }

  const raw: readonly (readonly [kind: string, act: (socket: Socket) => void, message: RegExp])[] = [
    [
      'says what is not HTTP',
      (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
      /the server (does not speak gRPC|ended the connection|refuses)/,
    ],
    [
      'hangs up',
      (socket) => socket.destroy(),
      /the server (ended the connection before it had answered|does not speak gRPC)/,
    ],
  ];
  for (const [kind, act, message] of raw) {
    test(`if it ${kind}`, async (t) => {
      const server = createServer((socket) => socket.on('error', () => {}).once('data', () => act(socket)));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      t.after(() => server.close());
      const { port } = server.address() as { port: number };
      await assert.rejects(
        openOn(t, `grpc://127.0.0.1:${port}/v2/models/toy`),
        ({ code, message: text }: Error & { code: string }) =>
          code === 'SUT_SERVER' && message.test(text) && !text.includes(String(port)),
      );
    });
  }
});

describe('a gRPC server that fails later ends the run', () => {
  const cases: readonly (readonly [kind: string, infer: NonNullable<GrpcScript['ModelInfer']>, message: RegExp])[] = [
    [
      'answers with an error',
      (_, reply) => reply({ code: status.RESOURCE_EXHAUSTED, details: 'queue is full' }),
      /the server answers with status RESOURCE_EXHAUSTED: queue is full/,
    ],
    [
      'is gone',
      (_, reply) => reply({ code: status.UNAVAILABLE, details: 'at 10.0.0.1:5' }),
      /the server ended the connection before it had answered$/,
    ],
    [
      'answers for another model',
      (message, reply) => answerGrpc(message, reply, { model_name: 'cat' }),
      /with the output of "cat", expected "toy"/,
    ],
    [
      'answers another request',
      (message, reply) => answerGrpc(message, reply, { id: '77' }),
      /answers request "77", expected "2"/,
    ],
    [
      'answers another shape',
      (message, reply) => answerGrpc(message, reply, { outputs: [output({ shape: [2, 512] })] }),
      /of shape \[2, 512\], expected FP32 of shape \[4, 512\]/,
    ],
    [
      'answers another output',
      (message, reply) => answerGrpc(message, reply, { outputs: [output({ name: 'y' })] }),
      /with the outputs y, expected embeddings/,
    ],
    [
      'sends too few bytes',
      (message, reply) => answerGrpc(message, reply, { raw_output_contents: [new Uint8Array(8)] }),
      /answers with 8 bytes of output, expected 8192/,
    ],
    [
      'sends none',
      (message, reply) => answerGrpc(message, reply, { raw_output_contents: [] }),
      /answers with 0 bytes of output/,
    ],
    [
      'sends nonsense',
      (_, reply) => reply(null, Buffer.from([0x0f])),
      /to a request what is no message of the protocol/,
    ],
  ];
  for (const [kind, infer, message] of cases) {
    test(`if it ${kind}`, async (t) => {
      const ModelInfer: GrpcScript['ModelInfer'] = (asked, reply, earlier) =>
        earlier === 0 ? answerGrpc(asked, reply) : infer(asked, reply, earlier);
      const sut = await openOn(t, await startScriptedGrpcServer(t, { ModelInfer }));
      await assert.rejects(runQuery(sut, [0]), { code: 'SUT_FAILED', message });
    });
  }

  test('if it is silent, when the system is closed', async (t) => {
    const ModelInfer: GrpcScript['ModelInfer'] = (asked, reply, earlier) => {
      if (earlier === 0) answerGrpc(asked, reply);
    };
    const sut = await openOn(t, await startScriptedGrpcServer(t, { ModelInfer }));
    const refused = assert.rejects(runQuery(sut, [0]), { code: 'SUT_CLOSED' });
    await sut.close();
    await refused;
  });
});
