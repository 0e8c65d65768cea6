import { inputValuesOf } from '../../../base/pairLayout.js';
import { type ExpectedAnswer, FLOAT_BYTES } from '../checkAnswer.js';
import type {
  ConnectionOptions,
  ModelDescription,
  ModelStatistics,
  RequestFormat,
  RequestSlot,
  ServerConnection,
  ServerDescription,
} from '../connection.js';
import { openEach, type TensorEncoding } from '../connection.js';
import { maxAnswerBytes, QUESTION_LIMIT_MS, RELEASE_LIMIT_MS } from '../limits.js';
import type { RemoteAddress } from '../remoteName.js';
import { RequestBody } from '../requestBody.js';
import { ServerFailure } from '../serverFailure.js';
import { canShareMemory, SharedRegion, sharedBytesOf } from '../sharedRegion.js';
import { statisticsSchema, totalsOf } from '../statistics.js';
import { grpcFailureOf } from './grpcFailure.js';
import {
  embeddingsInMessage,
  inferRequest,
  read,
  readModelMetadata,
  readReadiness,
  readServerMetadata,
  sharedRequest,
} from './grpcMessages.js';
import { encode, encodeBeforeRawInput, MESSAGES, type Method, pathOf } from './inferenceProto.js';
import { type ChannelOptions, Client, credentials, Metadata } from './library.js';

const asItIs = (bytes: Buffer) => bytes;

/** gRPC over one connection that stays open. */
export class GrpcConnection implements ServerConnection {
  readonly #client: Client;
  readonly #address: RemoteAddress;
  readonly #metadata = new Metadata();
  readonly #token: string | undefined;
  #lastId = 0;

  #region: SharedRegion | undefined;
  /** Requests on their way. */
  #asked = 0;

  constructor({ address, credentials: { token, certificates }, maxImages, embeddingValues }: ConnectionOptions) {
    this.#address = address;
    this.#token = token;
    if (token !== undefined) this.#metadata.set('authorization', `Bearer ${token}`);
    const trusted = certificates === undefined ? null : Buffer.from(certificates);
    this.#client = new Client(
      address.socketPath === undefined ? `${address.host}:${address.port}` : `unix:${address.socketPath}`,
      address.isEncrypted ? credentials.createSsl(trusted) : credentials.createInsecure(),
      {
        'grpc.max_receive_message_length': maxAnswerBytes(maxImages, embeddingValues),
        'grpc.max_send_message_length': -1,
        'grpc.enable_retries': 0,
        'grpc.enable_http_proxy': 0,
        'grpc.use_local_subchannel_pool': 1,
      } satisfies ChannelOptions,
    );
  }

  async describeServer(): Promise<ServerDescription> {
    return readServerMetadata(await this.#ask('ServerMetadata', {}));
  }

  async describeModel(): Promise<ModelDescription> {
    return readModelMetadata(await this.#ask('ModelMetadata', this.#modelName()));
  }

  async isServerReady(): Promise<boolean> {
    return readReadiness(await this.#ask('ServerReady', {}));
  }

  async isModelReady(): Promise<boolean> {
    return readReadiness(await this.#ask('ModelReady', this.#modelName()));
  }

  async readStatistics(): Promise<ModelStatistics> {
    const bytes = await this.#ask('ModelStatistics', this.#modelName());
    return totalsOf(read(MESSAGES.statistics, statisticsSchema, bytes, 'as statistics'));
  }

  encodingsFor(server: ServerDescription): readonly TensorEncoding[] {
    const shared: TensorEncoding = {
      name: 'gRPC, shared memory',
      openSlots: (format, count) => this.#openSharedSlots(format, count),
    };
    return [
      ...(canShareMemory(this.#address, server) ? [shared] : []),
      {
        name: 'gRPC, raw tensors',
        openSlots: (format, count) => openEach(count, () => this.#openSlot(format)),
      },
    ];
  }

  async close(): Promise<void> {
    if (this.#region !== undefined) await this.#release(this.#region);
    this.#client.close();
  }

  async #openSharedSlots(format: RequestFormat, count: number): Promise<readonly RequestSlot[]> {
    const slotBytes = sharedBytesOf(format.maxImages, inputValuesOf(format.network));
    const region = new SharedRegion(count * slotBytes);
    this.#region = region;
    try {
      const { name, bytes } = region;
      const message = encode(MESSAGES.sharedRegion, { name, key: `/${name}`, offset: 0, byte_size: bytes });
      await this.#request('SystemSharedMemoryRegister', message, QUESTION_LIMIT_MS);
    } finally {
      region.unlink();
    }
    return Array.from({ length: count }, (_, index) => ({
      send: async (parts, images) => {
        const id = String(++this.#lastId);
        const request = sharedRequest(format, id, images, region.put(parts, index * slotBytes));
        const message = encode(MESSAGES.inferRequest, { ...this.#modelOfRequest(), ...request });
        return this.#infer(message, { format, id, images });
      },
    }));
  }

  async #release(region: SharedRegion): Promise<void> {
    region.close();
    // Of requests that are still on their way, the server may be reading it.
    if (this.#asked > 0) return;
    const message = encode(MESSAGES.sharedRegion, { name: region.name });
    await this.#request('SystemSharedMemoryUnregister', message, RELEASE_LIMIT_MS).catch(() => {});
  }

  #modelName() {
    const { model: name, version = '' } = this.#address;
    return { name, version };
  }

  #ask(method: Method, message: object): Promise<Buffer> {
    return this.#request(method, encode(MESSAGES.modelName, message), QUESTION_LIMIT_MS);
  }

  #openSlot(format: RequestFormat): RequestSlot {
    const values = inputValuesOf(format.network);
    const headOf = (id: string, images: number) =>
      encodeBeforeRawInput(
        { ...this.#modelOfRequest(), ...inferRequest(format, id, images) },
        images * values * FLOAT_BYTES,
      );
    const body = new RequestBody(
      headOf(String(Number.MAX_SAFE_INTEGER), format.maxImages).length,
      format.maxImages * values,
    );
    return {
      send: (parts, images) => {
        const id = String(++this.#lastId);
        return this.#infer(body.fill(headOf(id, images), parts), { format, id, images });
      },
    };
  }

  async #infer(message: Buffer, asked: Omit<ExpectedAnswer, 'model'>): Promise<Uint8Array> {
    this.#asked++;
    try {
      const answer = await this.#request('ModelInfer', message);
      return embeddingsInMessage(answer, { ...asked, model: this.#address.model });
    } finally {
      this.#asked--;
    }
  }

  #modelOfRequest() {
    const { name, version } = this.#modelName();
    return { model_name: name, model_version: version };
  }

  #request(method: Method, message: Buffer, limitMs?: number): Promise<Buffer> {
    const options = limitMs === undefined ? {} : { deadline: Date.now() + limitMs };
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        pathOf(method),
        asItIs,
        asItIs,
        message,
        this.#metadata,
        options,
        (error, answer) => {
          if (error !== null) reject(grpcFailureOf(error, this.#token));
          else if (answer === undefined) reject(new ServerFailure('answered without a message'));
          else if (this.#token !== undefined && answer.includes(this.#token))
            reject(new ServerFailure('repeats the token in its answer'));
          else resolve(answer);
        },
      );
    });
  }
}
