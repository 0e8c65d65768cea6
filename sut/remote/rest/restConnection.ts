import type { Readable } from 'node:stream';
import { type Dispatcher, Pool } from 'undici';
import { inputValuesOf } from '../../../base/pairLayout.js';
import type { ExpectedAnswer } from '../checkAnswer.js';
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
import { CONNECT_LIMIT_MS, maxAnswerBytes, QUESTION_LIMIT_MS, RELEASE_LIMIT_MS } from '../limits.js';
import type { RemoteAddress } from '../remoteName.js';
import { ServerFailure, serverFailureOf } from '../serverFailure.js';
import { canShareMemory, SharedRegion, sharedBytesOf } from '../sharedRegion.js';
import { statisticsSchema, totalsOf } from '../statistics.js';
import { AnswerReader } from './answerReader.js';
import { binaryHeads, HEADER_LENGTH, jsonRequest, sharedRequest } from './inferMessages.js';
import { deniesReadiness, errorText, parse, parseModelMetadata, parseServerMetadata } from './restMessages.js';

interface Answer {
  readonly status: number;
  readonly headerLength: string | undefined;
  readonly body: Buffer;
}

/** HTTP/1.1 over connections that stay open, one request at a time on each. */
export class RestConnection implements ServerConnection {
  readonly #pool: Pool;
  readonly #address: RemoteAddress;
  readonly #modelPath: string;
  readonly #token: string | undefined;
  #lastId = 0;
  #region: SharedRegion | undefined;
  /** Requests on their way. */
  #asked = 0;

  constructor({ address, credentials, inFlight, maxImages, embeddingValues }: ConnectionOptions) {
    const { prefix, model, version } = address;
    this.#address = address;
    this.#token = credentials.token;
    const ofVersion = version === undefined ? '' : `/versions/${encodeURIComponent(version)}`;
    this.#modelPath = `${prefix}/v2/models/${encodeURIComponent(model)}${ofVersion}`;
    this.#pool = new Pool(originOf(address), {
      connections: inFlight,
      pipelining: 1,
      // How long answers may take is decided by whoever asks.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: maxAnswerBytes(maxImages, embeddingValues),
      connect: {
        timeout: CONNECT_LIMIT_MS,
        ...(address.socketPath === undefined ? {} : { socketPath: address.socketPath }),
        ...(credentials.certificates === undefined ? {} : { ca: credentials.certificates }),
      },
    });
  }

  async describeServer(): Promise<ServerDescription> {
    return parseServerMetadata(textOf(await this.#ask(`${this.#address.prefix}/v2`)));
  }

  async describeModel(): Promise<ModelDescription> {
    return parseModelMetadata(textOf(await this.#ask(this.#modelPath)));
  }

  isServerReady(): Promise<boolean> {
    return this.#isReady(`${this.#address.prefix}/v2/health/ready`);
  }

  isModelReady(): Promise<boolean> {
    return this.#isReady(`${this.#modelPath}/ready`);
  }

  async readStatistics(): Promise<ModelStatistics> {
    const text = textOf(await this.#ask(`${this.#modelPath}/stats`));
    return totalsOf(parse(statisticsSchema, text, 'as statistics'));
  }

  encodingsFor(server: ServerDescription): readonly TensorEncoding[] {
    const shared: TensorEncoding = {
      name: 'REST, shared memory',
      openSlots: (format, count) => this.#openSharedSlots(format, count),
    };
    return [
      ...(canShareMemory(this.#address, server) ? [shared] : []),
      {
        name: 'REST, binary tensors',
        openSlots: (format, count) => openEach(count, () => this.#openBinarySlot(format)),
      },
      {
        name: 'REST, tensors in JSON',
        openSlots: (format, count) => openEach(count, () => this.#openJsonSlot(format)),
      },
    ];
  }

  async close(): Promise<void> {
    if (this.#region !== undefined) await this.#release(this.#region);
    await this.#pool.destroy();
  }

  async #isReady(path: string): Promise<boolean> {
    const { status, body } = await this.#request({ path, method: 'GET' }, QUESTION_LIMIT_MS);
    return status === 200 && !deniesReadiness(Buffer.from(body).toString());
  }

  async #ask(path: string): Promise<Answer> {
    const answer = await this.#request({ path, method: 'GET' }, QUESTION_LIMIT_MS);
    if (answer.status !== 200) throw statusFailure(answer);
    return answer;
  }

  async #openSharedSlots(format: RequestFormat, count: number): Promise<readonly RequestSlot[]> {
    const slotBytes = sharedBytesOf(format.maxImages, inputValuesOf(format.network));
    const region = new SharedRegion(count * slotBytes);
    this.#region = region;
    try {
      const body = JSON.stringify({ key: `/${region.name}`, offset: 0, byte_size: region.bytes });
      const options = { path: this.#regionPath(region, 'register'), method: 'POST' as const, body };
      const answer = await this.#request(options, QUESTION_LIMIT_MS);
      if (answer.status !== 200) throw statusFailure(answer);
    } finally {
      region.unlink();
    }
    return Array.from({ length: count }, (_, index) => {
      const reader = new AnswerReader();
      return {
        send: async (parts, images) => {
          const id = String(++this.#lastId);
          const body = sharedRequest(format, id, images, region.put(parts, index * slotBytes));
          const headers = {
            'content-type': 'application/octet-stream',
            [HEADER_LENGTH]: String(Buffer.byteLength(body)),
          };
          return this.#infer(headers, body, { format, id, images }, reader);
        },
      };
    });
  }

  async #release(region: SharedRegion): Promise<void> {
    region.close();
    // Of requests that are still on their way, the server may be reading it.
    if (this.#asked > 0) return;
    const options = { path: this.#regionPath(region, 'unregister'), method: 'POST' as const };
    await this.#request(options, RELEASE_LIMIT_MS).catch(() => {});
  }

  #regionPath({ name }: SharedRegion, what: 'register' | 'unregister'): string {
    return `${this.#address.prefix}/v2/systemsharedmemory/region/${name}/${what}`;
  }

  #openBinarySlot(format: RequestFormat): RequestSlot {
    const headOf = binaryHeads(format);
    const reader = new AnswerReader();
    return {
      send: (parts, images) => {
        const id = String(++this.#lastId);
        const chunks = [headOf(id, images), ...parts.map(bytesOf)];
        const [head] = chunks;
        const headers = {
          'content-type': 'application/octet-stream',
          'content-length': String(chunks.reduce((bytes, chunk) => bytes + chunk.length, 0)),
          [HEADER_LENGTH]: String(head?.length),
        };
        return this.#infer(headers, iterableBody(chunks), { format, id, images }, reader);
      },
    };
  }

  #openJsonSlot(format: RequestFormat): RequestSlot {
    const reader = new AnswerReader();
    return {
      send: (parts, images) => {
        const id = String(++this.#lastId);
        const body = jsonRequest(format, id, images, parts);
        return this.#infer({ 'content-type': 'application/json' }, body, { format, id, images }, reader);
      },
    };
  }

  async #infer(
    headers: Record<string, string>,
    body: Readable | string,
    asked: Omit<ExpectedAnswer, 'model'>,
    reader: AnswerReader,
  ): Promise<Uint8Array> {
    this.#asked++;
    try {
      const answer = await this.#request({ path: `${this.#modelPath}/infer`, method: 'POST', headers, body });
      if (answer.status !== 200) throw statusFailure(answer);
      return reader.read(answer.body, answer.headerLength, { ...asked, model: this.#address.model });
    } finally {
      this.#asked--;
    }
  }

  async #request(
    options: Dispatcher.RequestOptions & { readonly headers?: Record<string, string> },
    limitMs?: number,
  ): Promise<Answer> {
    const authorization = this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        ...options,
        headers: { ...options.headers, ...authorization },
        signal: limitMs === undefined ? null : AbortSignal.timeout(limitMs),
      });
      const content = Buffer.from(await body.arrayBuffer());
      // What servers say stands in logs.
      if (this.#token !== undefined && content.includes(this.#token))
        throw new ServerFailure('repeats the token in its answer');
      return { status: statusCode, headerLength: [headers[HEADER_LENGTH]].flat()[0], body: content };
    } catch (thrown) {
      throw serverFailureOf(thrown);
    }
  }
}

/**
 * Chunks that are sent from where they lie, which joining them would take a tenth of a request's time. undici takes any
 * iterable, as its documents say; its types do not.
 */
function iterableBody(chunks: readonly Uint8Array[]): Readable {
  return chunks as unknown as Readable;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function originOf({ isEncrypted, host, port }: RemoteAddress): string {
  return `${isEncrypted ? 'https' : 'http'}://${host}${port === undefined ? '' : `:${port}`}`;
}

function textOf({ body }: Answer): string {
  return Buffer.from(body).toString();
}

function statusFailure(answer: Answer): ServerFailure {
  const text = errorText(textOf(answer));
  return new ServerFailure(`answers with status ${answer.status}${text === '' ? '' : `: ${text}`}`);
}
