import type { TestContext } from 'node:test';
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { decode, encode, MESSAGES, type Method, pathOf } from '../../../sut/remote/grpc/inferenceProto.js';
import { TOY_MODEL, toyEmbeddings } from './scriptedServer.js';

type Callback = sendUnaryData<Buffer>;
export type GrpcScript = Partial<Record<Method, (message: Buffer, callback: Callback, earlier: number) => void>>;

/** Answers as servers with raw contents do; `changes` are to the message. */
export function answerGrpc(message: Buffer, callback: Callback, changes: object = {}): void {
  const {
    id,
    inputs,
    raw_input_contents: raw,
  } = decode(MESSAGES.inferRequest, message) as {
    readonly id: string;
    readonly inputs: readonly [{ readonly shape: readonly [number] }];
    readonly raw_input_contents: readonly [Uint8Array];
  };
  const values = new Float32Array(new Uint8Array(raw[0]).buffer);
  const output = { name: 'embeddings', datatype: 'FP32', shape: [inputs[0].shape[0], 512] };
  const contents = [new Uint8Array(toyEmbeddings(values).buffer)];
  const answer = { model_name: 'toy', id, outputs: [output], raw_output_contents: contents, ...changes };
  callback(null, encode(MESSAGES.inferResponse, answer));
}

const asItIs = (bytes: Buffer) => bytes;

/** A gRPC server on a socket of this machine, which does what the script says and else what it should. */
export async function startScriptedGrpcServer(t: TestContext, script: GrpcScript = {}): Promise<string> {
  const replyReady: GrpcScript['ServerReady'] = (_, callback) =>
    callback(null, encode(MESSAGES.readiness, { ready: true }));
  const replies: GrpcScript = {
    ServerReady: replyReady,
    ModelReady: replyReady,
    ServerMetadata: (_, callback) => callback(null, encode(MESSAGES.serverMetadata, { name: 'toys', version: '7' })),
    ModelMetadata: (_, callback) => callback(null, encode(MESSAGES.modelMetadata, TOY_MODEL)),
    ModelInfer: (message, callback) => answerGrpc(message, callback),
    ...script,
  };
  const server = new Server();
  const earlier = new Map<string, number>();
  const methods = Object.entries(replies);
  server.addService(
    Object.fromEntries(
      methods.map(([method]) => [
        method,
        {
          ...{ path: pathOf(method as Method), requestStream: false, responseStream: false },
          ...{ requestSerialize: asItIs, requestDeserialize: asItIs },
          ...{ responseSerialize: asItIs, responseDeserialize: asItIs },
        },
      ]),
    ),
    Object.fromEntries(
      methods.map(([method, reply]) => [
        method,
        (call: ServerUnaryCall<Buffer, Buffer>, callback: Callback) => {
          const count = earlier.get(method) ?? 0;
          earlier.set(method, count + 1);
          reply(call.request, callback, count);
        },
      ]),
    ),
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
  t.after(() => server.forceShutdown());
  return `grpc://127.0.0.1:${port}/v2/models/toy`;
}
