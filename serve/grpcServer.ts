import { z } from 'zod';
import { LoadGenError, messageOf } from '../base/errors.js';
import { inputValuesOf } from '../base/pairLayout.js';
import { printable } from '../base/text.js';
import { isAllowed, RequestFault } from '../platform/node/httpServer.js';
import { FLOAT_BYTES } from '../sut/remote/checkAnswer.js';
import {
  decode,
  encode,
  MESSAGES,
  type Method,
  pathOf,
  type SharedMemoryMethod,
} from '../sut/remote/grpc/inferenceProto.js';
import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type StatusObject,
  type sendUnaryData,
  status,
} from '../sut/remote/grpc/library.js';
import type { ListeningServer, ServerOptions } from './restServer.js';
import {
  checkedImages,
  checkedRequest,
  EXTENSIONS,
  MAX_IMAGES,
  MAX_WAITING_REQUESTS,
  MODEL_VERSION,
  OUTPUT_NAME,
  SERVER_NAME,
  servedModelMessage,
} from './servedTensors.js';
import { statisticsMessage } from './statisticsMessage.js';

const MESSAGE_BYTES = 64 * 1024;

const modelName = z.object({ name: z.string(), version: z.string() });
const tensor = z.object({
  name: z.string(),
  datatype: z.string(),
  shape: z.array(z.number()),
  contents: z.object({ fp32_contents: z.array(z.number()) }).nullish(),
});
const inferRequest = z.object({
  model_name: z.string(),
  model_version: z.string(),
  id: z.string().max(1000),
  inputs: z.tuple([tensor]),
  outputs: z.array(z.object({ name: z.string() })).max(1000),
  raw_input_contents: z.array(z.instanceof(Uint8Array)).max(1),
});

/** By the status that HTTP has for a fault. */
const STATUS: Readonly<Record<number, status>> = {
  400: status.INVALID_ARGUMENT,
  401: status.UNAUTHENTICATED,
  404: status.NOT_FOUND,
  503: status.RESOURCE_EXHAUSTED,
};

type Handler = (message: Buffer) => Buffer | Promise<Buffer>;

/**
 * Serves a model by the gRPC API of the Open Inference Protocol.
 *
 * @throws SERVE_LISTEN if nothing can listen there
 */
export async function startGrpcServer(options: ServerOptions): Promise<ListeningServer> {
  const { host, port, network } = options;
  const server = new Server({
    'grpc.max_receive_message_length': MESSAGE_BYTES + MAX_IMAGES * inputValuesOf(network) * FLOAT_BYTES,
    'grpc.max_send_message_length': -1,
  });
  const handlers = Object.entries(handlersOf(options));
  server.addService(
    Object.fromEntries(handlers.map(([method]) => [method, methodDefinition(method as Method)])),
    Object.fromEntries(
      handlers.map(([method, handler]) => [
        method,
        (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
          void answer(call, handler, options.token).then(
            (message) => callback(null, message),
            (thrown: unknown) => callback(statusOf(thrown)),
          );
        },
      ]),
    ),
  );
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(
      `${host.includes(':') ? `[${host}]` : host}:${port}`,
      ServerCredentials.createInsecure(),
      (error, port) => {
        if (error === null) resolve(port);
        else
          reject(
            new LoadGenError('SERVE_LISTEN', `cannot listen on ${host}:${port}: ${messageOf(error)}`, { cause: error }),
          );
      },
    );
  });
  return {
    port: bound,
    async close() {
      server.forceShutdown();
    },
  };
}

function methodDefinition(method: Method) {
  const asItIs = (bytes: Buffer) => bytes;
  return {
    ...{ path: pathOf(method), requestStream: false, responseStream: false },
    ...{ requestSerialize: asItIs, requestDeserialize: asItIs, responseSerialize: asItIs, responseDeserialize: asItIs },
  };
}

async function answer(
  call: ServerUnaryCall<Buffer, Buffer>,
  handler: Handler,
  token: string | undefined,
): Promise<Buffer> {
  const [authorization] = call.metadata.get('authorization');
  if (!isAllowed(authorization?.toString(), token))
    throw new RequestFault('found no valid token, expected "authorization: Bearer TOKEN"', 401);
  return handler(call.request);
}

function handlersOf(options: ServerOptions): Readonly<Record<Exclude<Method, SharedMemoryMethod>, Handler>> {
  const { model, version, network } = options;
  const state = { waiting: 0 };
  const ready = encode(MESSAGES.readiness, { ready: true });
  const ofModel = (message: Buffer) => checkModel(read(MESSAGES.modelName, modelName, message), options.modelName);
  return {
    ServerLive: () => ready,
    ServerReady: () => ready,
    ServerMetadata: () => encode(MESSAGES.serverMetadata, { name: SERVER_NAME, version, extensions: EXTENSIONS }),
    ModelReady: (message) => {
      ofModel(message);
      return ready;
    },
    ModelMetadata: (message) => {
      ofModel(message);
      return encode(MESSAGES.modelMetadata, servedModelMessage(options.modelName, model.configuration, network));
    },
    ModelStatistics: (message) => {
      ofModel(message);
      return encode(MESSAGES.statistics, statisticsMessage(options.modelName, model.statistics));
    },
    ModelInfer: async (message) => {
      if (state.waiting >= MAX_WAITING_REQUESTS)
        throw new RequestFault(`${MAX_WAITING_REQUESTS} requests are waiting already`, 503);
      state.waiting++;
      try {
        return await infer(options, message);
      } finally {
        state.waiting--;
      }
    },
  };
}

async function infer({ model, modelName, network }: ServerOptions, message: Buffer): Promise<Buffer> {
  const {
    model_name: name,
    model_version: version,
    id,
    inputs,
    outputs,
    raw_input_contents: raw,
  } = read(MESSAGES.inferRequest, inferRequest, message);
  checkModel({ name, version }, modelName);
  const [tensor] = inputs;
  const inputBytes = raw[0] ?? new Uint8Array(Float32Array.from(tensor.contents?.fp32_contents ?? []).buffer);
  const images = checkedImages(tensor, inputBytes.length, outputs, network);
  const embeddings = await model.infer(inputBytes);
  const output = { name: OUTPUT_NAME, datatype: 'FP32', shape: [images, network.embeddingValues] };
  return encode(MESSAGES.inferResponse, {
    ...{ model_name: modelName, model_version: MODEL_VERSION, id },
    ...{ outputs: [output], raw_output_contents: [embeddings] },
  });
}

function checkModel({ name, version }: z.infer<typeof modelName>, expected: string): void {
  if (name === expected && (version === '' || version === MODEL_VERSION)) return;
  throw new RequestFault(
    `there is no model "${printable(name, 80)}" ${printable(version, 20)}here, expected "${expected}"`,
    404,
  );
}

function read<Message>(type: Parameters<typeof decode>[0], schema: z.ZodType<Message>, bytes: Buffer): Message {
  let decoded: unknown;
  try {
    decoded = decode(type, bytes);
  } catch {
    throw new RequestFault('found what is no message of the protocol');
  }
  return checkedRequest(schema, decoded);
}

function statusOf(thrown: unknown): Pick<StatusObject, 'code' | 'details'> {
  const code = thrown instanceof RequestFault ? (STATUS[thrown.status] ?? status.UNKNOWN) : status.INTERNAL;
  return { code, details: messageOf(thrown) };
}
