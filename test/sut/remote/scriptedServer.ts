import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { inputValuesOf } from '../../../base/pairLayout.js';
import { SPHEREFACE20_SHAPE } from '../../../sut/networks/sphereface20.js';

export const IMAGE_VALUES = inputValuesOf(SPHEREFACE20_SHAPE);
const { embeddingValues } = SPHEREFACE20_SHAPE;

/** What a server answers, by path; `infer` gets what was asked. */
export type Script = Partial<Record<Path, Reply>> & {
  readonly infer?: (asked: Asked, request: IncomingMessage, response: ServerResponse) => void;
};
type Path = '/v2' | '/v2/health/ready' | `/v2/models/toy${'' | '/ready' | '/stats'}`;
type Reply = object | string | ((request: IncomingMessage, response: ServerResponse) => void);

export interface Asked {
  readonly id: string;
  readonly images: number;
  readonly isBinary: boolean;
  readonly inputs: Float32Array;
  /** How many were asked before. */
  readonly earlier: number;
}

/** The first values of each image. */
export function toyEmbeddings(inputs: Float32Array): Float32Array {
  const images = inputs.length / IMAGE_VALUES;
  const outputs = new Float32Array(images * embeddingValues);
  for (let image = 0; image < images; image++) {
    const start = image * IMAGE_VALUES;
    outputs.set(inputs.subarray(start, start + embeddingValues), image * embeddingValues);
  }
  return outputs;
}

export const TOY_MODEL = {
  name: 'toy',
  versions: ['1'],
  platform: 'toy',
  inputs: [{ name: 'images', datatype: 'FP32', shape: [-1, 112, 96, 3] }],
  outputs: [{ name: 'embeddings', datatype: 'FP32', shape: [-1, embeddingValues] }],
};

/** Answers as servers with binary tensors do; `changes` are to the JSON. */
export function answer(response: ServerResponse, { id, images, inputs }: Asked, changes: object = {}): void {
  const bytes = Buffer.from(toyEmbeddings(inputs).buffer);
  const output = { name: 'embeddings', datatype: 'FP32', shape: [images, embeddingValues] };
  const outputs = [{ ...output, parameters: { binary_data_size: bytes.length } }];
  const head = Buffer.from(JSON.stringify({ model_name: 'toy', id, outputs, ...changes }));
  response.setHeader('inference-header-content-length', head.length).end(Buffer.concat([head, bytes]));
}

/** A server on a socket of this machine, which does what the script says and else what it should. Its address is a system's name. */
export async function startScriptedServer(t: TestContext, script: Script = {}, host = '127.0.0.1'): Promise<string> {
  const server = createServer(scriptedListener(script));
  server.listen(0, host);
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/models/toy`;
}

export function scriptedListener(script: Script = {}): RequestListener {
  const replies = new Map<string, Reply>(
    Object.entries({
      '/v2': { name: 'toys', version: '7', extensions: ['binary_tensor_data'] },
      '/v2/health/ready': '',
      '/v2/models/toy/ready': '',
      '/v2/models/toy': TOY_MODEL,
      ...script,
    }),
  );
  let earlier = 0;
  return (request, response) => {
    if (request.url === '/v2/models/toy/infer') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const asked = { ...readRequest(request, Buffer.concat(chunks)), earlier: earlier++ };
        if (script.infer === undefined) answer(response, asked);
        else script.infer(asked, request, response);
      });
      return;
    }
    const reply = replies.get(request.url ?? '');
    if (reply === undefined) response.writeHead(404).end(JSON.stringify({ error: `there is no ${request.url}` }));
    else if (typeof reply === 'function') (reply as (...given: unknown[]) => void)(request, response);
    else response.end(typeof reply === 'string' ? reply : JSON.stringify(reply));
  };
}

function readRequest(request: IncomingMessage, body: Buffer): Omit<Asked, 'earlier'> {
  const headerLength = request.headers['inference-header-content-length'];
  const isBinary = headerLength !== undefined;
  const jsonBytes = isBinary ? Number(headerLength) : body.length;
  const { id, inputs } = JSON.parse(body.subarray(0, jsonBytes).toString());
  const [{ shape, data }] = inputs;
  const values = isBinary ? new Float32Array(new Uint8Array(body.subarray(jsonBytes)).buffer) : Float32Array.from(data);
  return { id, images: shape[0], isBinary, inputs: values };
}
