import { type Dispatcher, Pool } from 'undici';
import { inputValuesOf } from '../../../base/pairLayout.js';
import type {
  ConnectionOptions,
  ModelDescription,
  ModelStatistics,
  RequestFormat,
  RequestSlot,
  ServerConnection,
  ServerDescription,
} from '../connection.js';
import { CONNECT_LIMIT_MS, maxAnswerBytes, QUESTION_LIMIT_MS } from '../limits.js';
import type { RemoteAddress } from '../remoteName.js';
import { RequestBody } from '../requestBody.js';
import { ServerFailure, serverFailureOf } from '../serverFailure.js';
import { statisticsSchema, totalsOf } from '../statistics.js';
import { binaryHead, embeddingsIn, HEADER_LENGTH, jsonRequest } from './inferMessages.js';
import { deniesReadiness, errorText, parse, parseModelMetadata, parseServerMetadata } from './restMessages.js';

interface Answer {
  readonly status: number;
  readonly headerLength: string | undefined;
  readonly body: Uint8Array;
}

/** HTTP/1.1 over connections that stay open, one request at a time on each. */
export class RestConnection implements ServerConnection {
  readonly #pool: Pool;
  readonly #address: RemoteAddress;
  readonly #modelPath: string;
  readonly #token: string | undefined;
  #lastId = 0;

  readonly encodings = [
    { name: 'REST, binary tensors', openSlot: (format: RequestFormat) => this.#openBinarySlot(format) },
    { name: 'REST, tensors in JSON', openSlot: (format: RequestFormat) => this.#openJsonSlot(format) },
  ];

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

  close(): Promise<void> {
    return this.#pool.destroy();
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

  #openBinarySlot(format: RequestFormat): RequestSlot {
    const values = inputValuesOf(format.network);
    const longest = binaryHead(format, String(Number.MAX_SAFE_INTEGER), format.maxImages);
    const body = new RequestBody(longest.length, format.maxImages * values);
    return {
      inputs: body.inputs,
      send: (images) => {
        const id = String(++this.#lastId);
        const head = binaryHead(format, id, images);
        const headers = { 'content-type': 'application/octet-stream', [HEADER_LENGTH]: String(head.length) };
        return this.#infer(headers, body.withHead(head, images * values), { format, id, images });
      },
    };
  }

  #openJsonSlot(format: RequestFormat): RequestSlot {
    const values = inputValuesOf(format.network);
    const inputs = new Float32Array(format.maxImages * values);
    return {
      inputs,
      send: (images) => {
        const id = String(++this.#lastId);
        const body = jsonRequest(format, id, images, inputs.subarray(0, images * values));
        return this.#infer({ 'content-type': 'application/json' }, body, { format, id, images });
      },
    };
  }

  async #infer(
    headers: Record<string, string>,
    body: Buffer | string,
    asked: { readonly format: RequestFormat; readonly id: string; readonly images: number },
  ): Promise<Uint8Array> {
    const answer = await this.#request({ path: `${this.#modelPath}/infer`, method: 'POST', headers, body });
    if (answer.status !== 200) throw statusFailure(answer);
    return embeddingsIn(answer.body, answer.headerLength, { ...asked, model: this.#address.model });
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
