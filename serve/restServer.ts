import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { messageOf } from '../base/errors.js';
import type { NetworkShape } from '../base/pairLayout.js';
import { printable } from '../base/text.js';
import { endServer, isAllowed, listen, RequestFault, readBody } from '../platform/node/httpServer.js';
import { HEADER_LENGTH } from '../sut/remote/rest/inferMessages.js';
import { maxRequestBytes, readRequest } from './restRequest.js';
import type { ServedModel } from './servedModel.js';
import {
  EXTENSIONS,
  MAX_WAITING_REQUESTS,
  MODEL_VERSION,
  OUTPUT_NAME,
  SERVER_NAME,
  servedModelMessage,
} from './servedTensors.js';
import { statisticsMessage } from './statisticsMessage.js';

/** Longer than a client keeps a connection that nothing goes over. */
const KEEP_ALIVE_MS = 75_000;
const PATH = /^\/v2\/models\/([^/]+?)(?:\/versions\/([^/]+))?(?:\/(ready|stats|infer))?$/;

export interface ServerOptions {
  readonly model: ServedModel;
  readonly modelName: string;
  readonly network: NetworkShape;
  readonly version: string;
  /** Requests have to bring it; undefined if anyone may ask. */
  readonly token: string | undefined;
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
}

export interface ListeningServer {
  readonly port: number;
  /** Ends all connections. */
  close(): Promise<void>;
}

/**
 * Serves a model by the REST API of the Open Inference Protocol.
 *
 * @throws SERVE_LISTEN if nothing can listen there
 */
export async function startRestServer(options: ServerOptions): Promise<ListeningServer> {
  const state = { waiting: 0 };
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, (request, response) => {
    answer(options, state, request, response).catch((thrown: unknown) => {
      if (response.headersSent) response.destroy();
      else sendError(response, statusOf(thrown), messageOf(thrown));
    });
  });
  const port = await listen(server, options);
  return {
    port,
    close: () => endServer(server),
  };
}

async function answer(
  options: ServerOptions,
  state: { waiting: number },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isAllowed(request.headers.authorization, options.token))
    throw new RequestFault('found no valid token, expected "Authorization: Bearer TOKEN"', 401);
  const question = questionOf(request.url ?? '', options.modelName);
  const method = question.what === 'infer' ? 'POST' : 'GET';
  if (request.method !== method)
    throw new RequestFault(`found ${printable(request.method ?? '', 20)}, expected ${method}`, 405);
  if (question.of === 'server') send(response, aboutServer(question.what, options));
  else if (question.what === 'infer') await infer(options, state, request, response);
  else send(response, aboutModel(question.what, options));
}

interface Question {
  readonly of: 'server' | 'model';
  readonly what: string | undefined;
}

/** @throws RequestFault if nothing is at the path */
function questionOf(url: string, modelName: string): Question {
  const path = url.replace(/\/$/, '');
  const [isServer, ofServer] = /^\/v2(?:\/health\/(live|ready))?$/.exec(path) ?? [];
  if (isServer !== undefined) return { of: 'server', what: ofServer };
  const [, name, version = MODEL_VERSION, what] = PATH.exec(path) ?? [];
  const expected = encodeURIComponent(modelName);
  if (name === expected && version === MODEL_VERSION) return { of: 'model', what };
  throw new RequestFault(`there is no ${printable(path, 80)} here, expected /v2/models/${expected}`, 404);
}

function aboutServer(what: string | undefined, { version }: ServerOptions): object {
  if (what === undefined) return { name: SERVER_NAME, version, extensions: EXTENSIONS };
  return { [what]: true };
}

function aboutModel(what: string | undefined, { model, modelName: name, network }: ServerOptions): object {
  if (what === 'ready') return { name, ready: true };
  if (what === 'stats') return statisticsMessage(name, model.statistics);
  return servedModelMessage(name, model.configuration, network);
}

async function infer(
  { model, modelName, network }: ServerOptions,
  state: { waiting: number },
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (state.waiting >= MAX_WAITING_REQUESTS)
    throw new RequestFault(`${MAX_WAITING_REQUESTS} requests are waiting already`, 503);
  state.waiting++;
  try {
    const body = await readBody(message, maxRequestBytes(network));
    const { id, images, inputs, wantsBinary } = readRequest(body, headerOf(message, HEADER_LENGTH), network);
    const embeddings = await model.infer(inputs);
    const output = { name: OUTPUT_NAME, datatype: 'FP32', shape: [images, network.embeddingValues] };
    const head = { model_name: modelName, model_version: MODEL_VERSION, ...(id === undefined ? {} : { id }) };
    if (!wantsBinary) {
      const data = Array.from(new Float32Array(embeddings.buffer));
      send(response, { ...head, outputs: [{ ...output, data }] });
      return;
    }
    const parameters = { binary_data_size: embeddings.length };
    const json = Buffer.from(JSON.stringify({ ...head, outputs: [{ ...output, parameters }] }));
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': json.length + embeddings.length,
      [HEADER_LENGTH]: json.length,
    });
    response.end(Buffer.concat([json, embeddings]));
  } finally {
    state.waiting--;
  }
}

function headerOf(message: IncomingMessage, name: string): string | undefined {
  return [message.headers[name]].flat()[0];
}

function statusOf(thrown: unknown): number {
  return thrown instanceof RequestFault ? thrown.status : 500;
}

function send(response: ServerResponse, message: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message));
}

/** The rest of the request is not read. */
function sendError(response: ServerResponse, status: number, error: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json', connection: 'close' })
    .end(JSON.stringify({ error }));
}
