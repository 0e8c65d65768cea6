/**
 * What the harness adds to a request to a server: `node dist/bench/remoteOverhead.js [ROUNDS]` asks a server on this machine
 * that computes nothing, 516 kB in and 8 kB out, by REST and by gRPC, one request after another: by the harness, and in
 * turns with it by a client that sends the same bytes again and again, and checks nothing of the embeddings that it gets.
 */
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { Pool } from 'undici';
import { inputValuesOf, PAIR_IMAGES } from '../base/pairLayout.js';
import { monotonicClock } from '../platform/node/monotonicClock.js';
import { INPUT_NAME, OUTPUT_NAME } from '../serve/servedTensors.js';
import { SPHEREFACE20_SHAPE } from '../sut/networks/sphereface20.js';
import { inferRequest } from '../sut/remote/grpc/grpcMessages.js';
import { encodeBeforeRawInput, MESSAGES, pathOf } from '../sut/remote/grpc/inferenceProto.js';
import { binaryHeads, HEADER_LENGTH } from '../sut/remote/rest/inferMessages.js';
import { createSystemUnderTest } from '../sut/systemsUnderTest.js';
import { onePair } from './onePair.js';
import { runQuery } from './runQuery.js';
import { startEchoServer } from './startEchoServer.js';

const REQUESTS_A_ROUND = 20;
const PATH = '/v2/models/echo';

/** A request that is sent again and again. */
interface Asker {
  ask(): Promise<unknown>;
  close(): unknown;
}

const [rounds = '200'] = process.argv.slice(2);
const { ports, end } = await startEchoServer();
const images = Buffer.alloc(PAIR_IMAGES * inputValuesOf(SPHEREFACE20_SHAPE) * 4, 1);
const format = {
  ...{ network: SPHEREFACE20_SHAPE, input: INPUT_NAME, output: OUTPUT_NAME },
  ...{ layout: 'NHWC' as const, maxImages: PAIR_IMAGES },
};

console.log(`p50 of a request, ${rounds} rounds of ${REQUESTS_A_ROUND} requests each`);
for (const [name, protocol, bare] of [
  ['REST, binary tensors', 'http', bareRest()],
  ['gRPC, raw tensors', 'grpc', bareGrpc()],
] as const) {
  const harness = await harnessOf(`${protocol}://127.0.0.1:${ports[protocol]}${PATH}`);
  const clients = [bare, harness];
  for (const client of clients) await times(client, 10 * REQUESTS_A_ROUND);
  const measured = new Map<Asker, number[]>(clients.map((client) => [client, []]));
  for (let round = 0; round < Number(rounds); round++) {
    for (const client of round % 2 === 0 ? clients : clients.toReversed())
      measured.get(client)?.push(...(await times(client, REQUESTS_A_ROUND)));
  }
  const [bareNs = Number.NaN, harnessNs = Number.NaN] = clients.map((client) => middle(measured.get(client) ?? []));
  const ms = (ns: number) => `${(ns / 1e6).toFixed(3)} ms`;
  console.log(
    `${name}: bare ${ms(bareNs)}, harness ${ms(harnessNs)}, ${(harnessNs / bareNs).toFixed(3)} times as long`,
  );
  await harness.close();
  await bare.close();
}
end();

async function harnessOf(address: string): Promise<Asker> {
  const sut = await createSystemUnderTest(address, { inputs: onePair });
  return { ask: () => runQuery(sut, 1), close: () => sut.close() };
}

function bareRest(): Asker {
  const pool = new Pool(`http://127.0.0.1:${ports.http}`, { connections: 1, pipelining: 1 });
  const head = binaryHeads(format)('1', PAIR_IMAGES);
  const body = Buffer.concat([head, images]);
  const headers = { 'content-type': 'application/octet-stream', [HEADER_LENGTH]: String(head.length) };
  return {
    async ask() {
      const answer = await pool.request({ path: `${PATH}/infer`, method: 'POST', headers, body });
      const bytes = await answer.body.arrayBuffer();
      const jsonBytes = Number(answer.headers[HEADER_LENGTH]);
      const { outputs } = JSON.parse(Buffer.from(bytes, 0, jsonBytes).toString());
      return Buffer.from(bytes, jsonBytes, outputs[0].parameters.binary_data_size);
    },
    close: () => pool.close(),
  };
}

function bareGrpc(): Asker {
  const client = new Client(`127.0.0.1:${ports.grpc}`, credentials.createInsecure(), {
    'grpc.max_send_message_length': -1,
  });
  const message = { model_name: 'echo', ...inferRequest(format, '1', PAIR_IMAGES) };
  const body = Buffer.concat([encodeBeforeRawInput(message, images.length), images]);
  const asItIs = (bytes: Buffer) => bytes;
  return {
    ask: () =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(pathOf('ModelInfer'), asItIs, asItIs, body, new Metadata(), (error, answer) => {
          if (error === null) resolve(MESSAGES.inferResponse.decode(answer ?? Buffer.alloc(0)));
          else reject(error);
        });
      }),
    close: () => client.close(),
  };
}

async function times({ ask }: Asker, requests: number): Promise<number[]> {
  const taken: number[] = [];
  for (let request = 0; request < requests; request++) {
    const startNs = monotonicClock.nowNs();
    await ask();
    taken.push(monotonicClock.nowNs() - startNs);
  }
  return taken;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
