/**
 * A model server that computes nothing, in a process of its own: by REST and by gRPC, it answers any request with the same
 * embeddings of a pair. Sends its ports to the process that has started it.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { PAIR_IMAGES } from '../base/pairLayout.js';
import { servedModelMessage } from '../serve/servedTensors.js';
import { SPHEREFACE20_SHAPE } from '../sut/networks/sphereface20.js';
import { encode, MESSAGES, type Method, pathOf } from '../sut/remote/grpc/inferenceProto.js';
import { HEADER_LENGTH } from '../sut/remote/rest/inferMessages.js';
import type { EchoPorts } from './startEchoServer.js';

const MODEL = servedModelMessage('echo', { engine: 'echo' }, SPHEREFACE20_SHAPE);
const EMBEDDINGS = new Uint8Array(PAIR_IMAGES * SPHEREFACE20_SHAPE.embeddingValues * 4);
const OUTPUT = { name: 'embeddings', datatype: 'FP32', shape: [PAIR_IMAGES, SPHEREFACE20_SHAPE.embeddingValues] };
const SERVER = { name: 'echo', version: '1', extensions: [] };

process.send?.({ http: await startRest(), grpc: await startGrpc() } satisfies EchoPorts);
process.on('disconnect', () => process.exit());

async function startRest(): Promise<number> {
  const head = JSON.stringify({
    ...{ model_name: 'echo', id: '' },
    outputs: [{ ...OUTPUT, parameters: { binary_data_size: EMBEDDINGS.length } }],
  });
  const answer = Buffer.concat([Buffer.from(head), EMBEDDINGS]);
  const headers = { 'content-length': answer.length, [HEADER_LENGTH]: head.length };
  const server = createServer({ noDelay: true, keepAliveTimeout: 600_000 }, (request: IncomingMessage, response) => {
    const { url = '', method } = request;
    if (method === 'GET') response.end(JSON.stringify(url === '/v2' ? SERVER : MODEL));
    else request.on('data', () => {}).on('end', () => response.writeHead(200, headers).end(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function startGrpc(): Promise<number> {
  const ready = encode(MESSAGES.readiness, { ready: true });
  const inferred = encode(MESSAGES.inferResponse, {
    ...{ model_name: 'echo', outputs: [OUTPUT], raw_output_contents: [EMBEDDINGS] },
  });
  const answers: Partial<Record<Method, Buffer>> = {
    ...{ ServerReady: ready, ModelReady: ready, ModelInfer: inferred },
    ServerMetadata: encode(MESSAGES.serverMetadata, SERVER),
    ModelMetadata: encode(MESSAGES.modelMetadata, MODEL),
  };
  const asItIs = (bytes: Buffer) => bytes;
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  for (const [method, answer] of Object.entries(answers)) {
    const definition = {
      ...{ path: pathOf(method as Method), requestStream: false, responseStream: false },
      ...{ requestSerialize: asItIs, requestDeserialize: asItIs },
      ...{ responseSerialize: asItIs, responseDeserialize: asItIs },
    };
    server.addService(
      { [method]: definition },
      { [method]: (_: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>) => reply(null, answer) },
    );
  }
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}
