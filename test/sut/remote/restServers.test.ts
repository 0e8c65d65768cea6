import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { PAIR_IMAGES } from '../../../base/pairLayout.js';
import { IN_THREAD, type Placement } from '../../../sut/placement.js';
import { createSystemUnderTest } from '../../../sut/systemsUnderTest.js';
import { systemUnderTestContract } from '../../../testing/index.js';
import { PAIR_INPUT_VALUES, pairInputsOf } from '../pairInputsOf.js';
import { runQuery } from '../runQuery.js';
import { ownAddress } from './ownAddress.js';
import { answer, IMAGE_VALUES, type Script, startScriptedServer, TOY_MODEL, toyEmbeddings } from './scriptedServer.js';

const SAMPLES = 5;
const values = Float32Array.from({ length: SAMPLES * PAIR_INPUT_VALUES }, (_, i) => Math.fround(Math.cos(i)));
const inputs = pairInputsOf(values);
const samples = Array.from({ length: SAMPLES }, (_, index) => index);

async function openOn(t: TestContext, name: string, placement: Partial<Placement> = {}) {
  const sut = await createSystemUnderTest(name, { inputs, placement: { ...IN_THREAD, ...placement } });
  t.after(() => sut.close());
  return sut;
}

describe('a server that keeps the protocol', () => {
  const placements: readonly (readonly [what: string, placement: Partial<Placement>, requests: number[]])[] = [
    ['pair by pair', {}, [4, 4, 4, 4, 4]],
    ['several pairs at a time', { batch: 12 }, [12, 8]],
    ['image by image', { batch: 1 }, Array<number>(20).fill(1)],
    ['by many requests at a time', { workers: 3 }, [4, 4, 4, 4, 4]],
  ];
  for (const [what, placement, requests] of placements) {
    test(`is asked ${what}`, async (t) => {
      const seen: number[] = [];
      const infer: Script['infer'] = (asked, _, response) => {
        assert.ok(asked.isBinary);
        seen.push(asked.images);
        answer(response, asked);
      };
      const sut = await openOn(t, await startScriptedServer(t, { infer }), placement);
      const answers = await runQuery(sut, samples);
      for (const [index, { bytes }] of answers) {
        const expected = toyEmbeddings(values.subarray(index * PAIR_INPUT_VALUES, (index + 1) * PAIR_INPUT_VALUES));
        assert.deepEqual(new Float32Array(bytes.slice().buffer), expected);
      }
      assert.deepEqual(seen.slice(1), requests, 'after the first, by which it is tried out');
    });
  }

  test('never has more requests on their way than there may be', async (t) => {
    const waiting: (() => void)[] = [];
    let most = 0;
    // Two are always answered together, but for the first of all and the last.
    const infer: Script['infer'] = (asked, _, response) => {
      waiting.push(() => answer(response, asked));
      most = Math.max(most, waiting.length);
      if (waiting.length === 2 || asked.earlier === 0 || asked.earlier === SAMPLES)
        for (const reply of waiting.splice(0)) reply();
    };
    const sut = await openOn(t, await startScriptedServer(t, { infer }), { workers: 2 });
    await runQuery(sut, samples);
    assert.equal(most, 2);
  });

  test('gets channels first if it wants them so', async (t) => {
    const seen: Float32Array[] = [];
    const infer: Script['infer'] = (asked, _, response) => {
      seen.push(asked.inputs);
      answer(response, asked);
    };
    const model = { ...TOY_MODEL, inputs: [{ ...TOY_MODEL.inputs[0], shape: [-1, 3, 112, 96] }] };
    const sut = await openOn(t, await startScriptedServer(t, { infer, '/v2/models/toy': model }));
    assert.equal(sut.configuration.inputLayout, 'NCHW, transposed from NHWC');
    await runQuery(sut, [0]);
    const [, images] = seen;
    for (let image = 0; image < PAIR_IMAGES; image++) {
      for (const [pixel, channel] of [
        [0, 0],
        [1, 0],
        [0, 2],
        [10_000, 1],
      ] as const) {
        const found = images?.[image * IMAGE_VALUES + channel * 112 * 96 + pixel];
        assert.equal(found, values[image * IMAGE_VALUES + pixel * 3 + channel]);
      }
    }
  });

  for (const [what, body] of [
    ['takes no binary tensors', 'Internal Server Error'],
    ['answers binary tensors with more than any answer has', 'x'.repeat(5e6)],
  ] as const) {
    test(`is asked in JSON where it ${what}`, async (t) => {
      const infer: Script['infer'] = (asked, _, response) => {
        if (asked.isBinary) {
          response.writeHead(body.length > 100 ? 200 : 500).end(body);
          return;
        }
        const outputs = [
          {
            name: 'embeddings',
            datatype: 'FP32',
            shape: [asked.images, 512],
            data: Array.from(toyEmbeddings(asked.inputs)),
          },
        ];
        response.end(JSON.stringify({ model_name: 'toy', outputs }));
      };
      const sut = await openOn(t, await startScriptedServer(t, { infer }));
      assert.equal(sut.configuration.transport, 'REST, tensors in JSON');
      const answers = await runQuery(sut, [1]);
      const expected = toyEmbeddings(values.subarray(PAIR_INPUT_VALUES, 2 * PAIR_INPUT_VALUES));
      assert.deepEqual(new Float32Array((answers.get(1)?.bytes.slice() ?? new Uint8Array()).buffer), expected);
    });
  }

  test('may keep its statistics to itself', async (t) => {
    const server = { name: 'toys', version: '7', extensions: ['statistics'] };
    const sut = await openOn(t, await startScriptedServer(t, { '/v2': server }));
    assert.equal(sut.watchServer, undefined);
  });

  test('may be one of several that count for themselves: then there are no figures', async (t) => {
    const server = { name: 'toys', version: '7', extensions: ['statistics'] };
    let reads = 0;
    const sut = await openOn(
      t,
      await startScriptedServer(t, {
        '/v2': server,
        '/v2/models/toy/stats': (_, response) => {
          const success = { count: [70, 71][reads++] ?? 9, ns: 1000 };
          response.end(JSON.stringify({ model_stats: [{ inference_stats: { success, queue: success } }] }));
        },
      }),
    );
    const endWatch = await sut.watchServer?.();
    await runQuery(sut, samples);
    assert.equal(await endWatch?.(), undefined);
  });

  test('may count a request after it has answered it', async (t) => {
    const server = { name: 'toys', version: '7', extensions: ['statistics'] };
    let [answered, reads] = [0, 0];
    const sut = await openOn(
      t,
      await startScriptedServer(t, {
        '/v2': server,
        '/v2/models/toy/stats': (_, response) => {
          // At first, twice before the queries, and twice after them.
          const late = [0, 1, 0, 1, 0][reads++] ?? 0;
          const success = { count: answered - late, ns: 1000 * (answered - late) };
          response.end(JSON.stringify({ model_stats: [{ inference_stats: { success, queue: success } }] }));
        },
        infer: (asked, _, response) => {
          answered++;
          answer(response, asked);
        },
      }),
    );
    const endWatch = await sut.watchServer?.();
    await runQuery(sut, samples);
    const figures = await endWatch?.();
    assert.deepEqual([figures?.requests, figures?.servedRequests, figures?.servedNs], [SAMPLES, SAMPLES, 1000]);
    assert.equal(reads, 5);
  });

  test('is described without its address', async (t) => {
    const name = await startScriptedServer(t);
    const sut = await openOn(t, name);
    assert.equal(sut.name, 'toy on toys, REST, binary tensors');
    assert.equal(sut.configuration.engine, 'toy-on-toys');
    assert.ok(!JSON.stringify(sut.configuration).includes(new URL(name).host));
  });

  test('is a network SUT by name if it is on another machine, or may be', async (t) => {
    if (ownAddress === undefined) {
      t.skip('this machine has no network');
      return;
    }
    const name = new URL(await startScriptedServer(t, {}, '0.0.0.0'));
    name.hostname = ownAddress;
    assert.match((await openOn(t, name.href)).name, /^Network SUT toy on toys, REST/);
  });

  test('keeps the contract of systems', { timeout: 600_000 }, async (t) => {
    const name = await startScriptedServer(t);
    const cases = systemUnderTestContract(({ inputs, placement }) =>
      createSystemUnderTest(name, { inputs, placement }),
    );
    for (const { name, run } of cases) await t.test(name, run);
  });
});

describe('a server that cannot be used is refused', () => {
  const cases: readonly (readonly [kind: string, script: Script, message: RegExp])[] = [
    [
      'is not ready',
      { '/v2/health/ready': (_, response) => response.writeHead(503).end() },
      /says that it is not ready/,
    ],
    ['says so with status 200', { '/v2/health/ready': { ready: false } }, /says that it is not ready/],
    [
      'has a model that is not ready',
      { '/v2/models/toy/ready': (_, response) => response.writeHead(400).end() },
      /says that its model "toy" is not ready/,
    ],
    [
      'has no such model',
      { '/v2/models/toy': (_, response) => response.writeHead(404).end('{"error":"no toy\\n here"}') },
      /answers with status 404: no toy here/,
    ],
    ['has no metadata', { '/v2': (_, response) => response.writeHead(404).end() }, /answers with status 404$/],
    ['wants a token', { '/v2': (_, response) => response.writeHead(401).end() }, /answers with status 401/],
    [
      'redirects',
      { '/v2': (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end() },
      /answers with status 302/,
    ],
    ['is a web site', { '/v2': '<html>' }, /as metadata of the server what is not JSON: "<html>"/],
    [
      'describes itself otherwise',
      { '/v2': { title: 'x' } },
      /as metadata of the server what is not as expected: name: /,
    ],
    [
      'describes its model otherwise',
      { '/v2/models/toy': { inputs: 'many' } },
      /as metadata of the model what is not as expected: inputs: /,
    ],
    ['has nested metadata', { '/v2': `{"name":${'['.repeat(1e5)}` }, /what is not JSON/],
    [
      'has endless metadata',
      { '/v2': (_, response) => response.end('x'.repeat(5e6)) },
      /more bytes than any answer has/,
    ],
    [
      'has a model of another shape',
      { '/v2/models/toy': { ...TOY_MODEL, outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, 7] }] } },
      /outputs of its model are y FP32 \[-1, 7\]/,
    ],
    [
      'gives another output than it says',
      { infer: (asked, _, response) => answer(response, asked, { outputs: [] }) },
      /announces 0 bytes of binary tensors, and sends \d+ .*; it /,
    ],
    [
      'fails at once',
      { infer: (_, __, response) => response.writeHead(500).end('{"error":"no memory"}') },
      /status 500: no memory \(asked by REST, binary tensors\); it answers with status 500: no memory \(asked by REST, tensors in JSON\)/,
    ],
  ];
  for (const [kind, script, message] of cases) {
    test(`if it ${kind}`, async (t) => {
      await assert.rejects(openOn(t, await startScriptedServer(t, script)), { code: 'SUT_SERVER', message });
    });
  }

  test('if there is none', async (t) => {
    await assert.rejects(openOn(t, 'http://127.0.0.1:1/v2/models/toy'), {
      code: 'SUT_SERVER',
      message: /refuses connections/,
    });
    await assert.rejects(openOn(t, 'http://unix:/no/such.sock:/v2/models/toy'), {
      code: 'SUT_SERVER',
      message: /has no socket of this path/,
    });
  });

  test('if a model is given', async () => {
    const given = { inputs, modelFile: 'a.onnx' };
    await assert.rejects(createSystemUnderTest('http://127.0.0.1:1/v2/models/toy', given), {
      code: 'SUT_SERVER',
      message: /has its model itself/,
    });
  });

  const raw: readonly (readonly [kind: string, act: (socket: Socket) => void, message: RegExp])[] = [
    ['says what is not HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), /answered with what is not HTTP/],
    ['hangs up', (socket) => socket.destroy(), /ended the connection before it had answered/],
    [
      'cuts its answer off',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"na'),
      /ended (the connection before it had answered|its answer early)/,
    ],
  ];
  for (const [kind, act, message] of raw) {
    test(`if it ${kind}`, async (t) => {
      const server = createServer((socket) => socket.on('error', () => {}).once('data', () => act(socket)));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      t.after(() => server.close());
      const { port } = server.address() as { port: number };
      await assert.rejects(openOn(t, `http://127.0.0.1:${port}/v2/models/toy`), { code: 'SUT_SERVER', message });
    });
  }
});

describe('a server that fails later ends the run', () => {
  const cases: readonly (readonly [kind: string, infer: NonNullable<Script['infer']>, message: RegExp])[] = [
    [
      'answers with an error',
      (_, __, response) => response.writeHead(503).end('{"error":"queue is full"}'),
      /the server answers with status 503: queue is full/,
    ],
    ['hangs up', (_, request) => request.socket.destroy(), /the server ended the connection before it had answered/],
    [
      'cuts its answer off',
      (_, request, response) => {
        response.writeHead(200, { 'content-length': '9000' }).write('{}');
        setImmediate(() => request.socket.destroy());
      },
      /the server ended (the connection before it had answered|its answer early)/,
    ],
    [
      'answers for another model',
      (asked, _, response) => answer(response, asked, { model_name: 'cat' }),
      /with the output of "cat", expected "toy"/,
    ],
    [
      'answers another request',
      (asked, _, response) => answer(response, { ...asked, id: '77' }),
      /answers request "77", expected "2"/,
    ],
    [
      'answers for fewer images',
      (asked, _, response) =>
        answer(response, { ...asked, images: 2, inputs: asked.inputs.subarray(0, 2 * IMAGE_VALUES) }),
      /FP32 of shape \[2, 512\], expected FP32 of shape \[4, 512\]/,
    ],
    ['answers another shape', (asked, _, response) => answer(response, { ...asked, images: 2 }), /of shape \[2, 512\]/],
    [
      'names no output',
      (asked, _, response) => answer(response, { ...asked, inputs: new Float32Array() }, { outputs: [] }),
      /with the outputs none, expected embeddings/,
    ],
    [
      'sends less than it says',
      (_, __, response) => response.setHeader('inference-header-content-length', 999_999).end('{}'),
      /says that 999999 of the 2 bytes of its answer are JSON/,
    ],
    [
      'sends more than it says',
      (asked, _, response) =>
        answer(response, asked, {
          outputs: [{ name: 'embeddings', datatype: 'FP32', shape: [4, 512], parameters: { binary_data_size: 8 } }],
        }),
      /announces 8 bytes of binary tensors, and sends 8192/,
    ],
    ['sends too much', (_, __, response) => response.end('x'.repeat(5e6)), /more bytes than any answer has/],
    ['sends words', (_, __, response) => response.end('hello'), /to a request what is not JSON: "hello"/],
    [
      'sends texts for numbers',
      (_, __, response) =>
        response.end(
          JSON.stringify({ outputs: [{ name: 'embeddings', datatype: 'FP32', shape: [4, 512], data: ['a'] }] }),
        ),
      /a value that is string, expected numbers/,
    ],
    [
      'sends too few numbers',
      (_, __, response) =>
        response.end(
          JSON.stringify({ outputs: [{ name: 'embeddings', datatype: 'FP32', shape: [4, 512], data: [[1], [2]] }] }),
        ),
      /answers with 8 bytes of output, expected 8192/,
    ],
  ];
  for (const [kind, infer, message] of cases) {
    test(`if it ${kind}`, async (t) => {
      const script: Script = {
        infer: (asked, request, response) =>
          asked.earlier === 0 ? answer(response, asked) : infer(asked, request, response),
      };
      const sut = await openOn(t, await startScriptedServer(t, script));
      await assert.rejects(runQuery(sut, [0]), { code: 'SUT_FAILED', message });
      await assert.rejects(runQuery(sut, [0]), { code: 'SUT_FAILED', message }, 'and what is asked later');
    });
  }

  test('and is asked once only', async (t) => {
    let asked = 0;
    const infer: Script['infer'] = (question, request, response) => {
      asked++;
      if (question.earlier === 0) answer(response, question);
      else request.socket.destroy();
    };
    const sut = await openOn(t, await startScriptedServer(t, { infer }));
    await assert.rejects(runQuery(sut, [0]), { code: 'SUT_FAILED' });
    assert.equal(asked, 2, 'to try it out, and for the query');
  });

  test('if it is silent, when the system is closed', async (t) => {
    const infer: Script['infer'] = (asked, _, response) => {
      if (asked.earlier === 0) answer(response, asked);
    };
    const sut = await openOn(t, await startScriptedServer(t, { infer }));
    const refused = assert.rejects(runQuery(sut, [0]), { code: 'SUT_CLOSED' });
    await sut.close();
    await refused;
  });
});
