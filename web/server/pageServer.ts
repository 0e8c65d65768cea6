import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { endServer, listen, RequestFault, readBody } from '../../platform/node/httpServer.js';
import { securityHeadersOf } from '../shared/headers.js';
import { NOTICES_PATH, RESULTS_PATH, RUNS_PATH } from '../shared/manifest.js';
import { MAX_UPLOAD_BYTES } from '../shared/upload.js';
import { checkSender } from './checkSender.js';
import { INDEX, type Site, type SiteFile } from './site.js';

const MAX_NOTICE_BYTES = 4096;
/** Each may take as much memory as an upload. */
const MAX_UPLOADS_AT_A_TIME = 4;

const compress = promisify(gzip);

export interface PageServerOptions {
  readonly site: Pick<Site, 'files'>;
  /** Stands in the address: who does not know it is told nothing. */
  readonly token: string;
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  /** The names, beside addresses in numbers, that it is asked for by. */
  readonly names: readonly string[];
  /** A key and its certificate, for https; undefined for http. */
  readonly pem?: string | undefined;
  /** What comes of a page's notice, and of a run that it sends; the answer is JSON. */
  readonly onNotice: (body: Uint8Array) => Promise<object>;
  readonly onRun: (body: Uint8Array) => Promise<object>;
  /** What was measured before, for `results.json`. */
  readonly results: () => object;
  /** Is told what no request is to blame for. */
  readonly onFailure: (thrown: unknown) => void;
}

export interface PageServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Hands out a page and takes what devices send.
 *
 * @throws SERVE_LISTEN if nothing can listen there
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const handler = new RequestHandler(options);
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    handler.answer(request, response).catch((thrown: unknown) => {
      if (!(thrown instanceof RequestFault)) options.onFailure(thrown);
      if (response.headersSent) response.destroy();
      else sendFault(response, thrown);
    });
  };
  const { pem } = options;
  const server = pem === undefined ? createHttpServer(listener) : createHttpsServer({ key: pem, cert: pem }, listener);
  const port = await listen(server, options);
  return { port, close: () => endServer(server) };
}

class RequestHandler {
  readonly #options: PageServerOptions;
  readonly #contents = new Map<string, Promise<Uint8Array>>();
  #uploads = 0;

  constructor(options: PageServerOptions) {
    this.#options = options;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = this.#pathOf(request.url ?? '');
    checkSender(request, this.#options.names, this.#options.pem === undefined ? 'http' : 'https');
    if (request.method === 'POST') sendJson(response, await this.#take(path, request));
    else if (request.method === 'GET' || request.method === 'HEAD') await this.#send(path, request, response);
    else throw new RequestFault('found another method than GET and POST', 405);
  }

  /**
   * What is asked for, below the token.
   *
   * @throws RequestFault without it, as if there were nothing
   */
  #pathOf(url: string): string {
    const [, token = '', path = ''] = /^\/([^/?#]{0,200})\/([^?#]{0,500})(?:\?.*)?$/.exec(url) ?? [];
    if (!isSame(token, this.#options.token)) throw notFound();
    return path === '' ? INDEX : path;
  }

  async #send(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === RESULTS_PATH) {
      sendJson(response, this.#options.results());
      return;
    }
    const file = this.#options.site.files.get(path);
    if (file === undefined) throw notFound();
    const encoding = encodingOf(file, String(request.headers['accept-encoding'] ?? ''));
    const content = await this.#contentOf(path, file, encoding);
    response.writeHead(200, {
      ...headersOf(path, file.type, file.isLasting),
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      'content-length': content.length,
    });
    response.end(request.method === 'HEAD' ? undefined : content);
  }

  /** Kept from the first request on: several devices ask for the same. */
  #contentOf(path: string, file: SiteFile, encoding: Encoding | undefined): Promise<Uint8Array> {
    const key = `${encoding ?? 'plain'} ${path}`;
    const known = this.#contents.get(key);
    if (known !== undefined) return known;
    const content = readEncoded(file, encoding);
    this.#contents.set(key, content);
    return content;
  }

  async #take(path: string, request: IncomingMessage): Promise<object> {
    if (path === NOTICES_PATH) return this.#options.onNotice(await readBody(request, MAX_NOTICE_BYTES));
    if (path !== RUNS_PATH) throw notFound();
    if (this.#uploads >= MAX_UPLOADS_AT_A_TIME)
      throw new RequestFault(`${MAX_UPLOADS_AT_A_TIME} runs are being taken already`, 503);
    this.#uploads++;
    try {
      return await this.#options.onRun(await readBody(request, MAX_UPLOAD_BYTES));
    } finally {
      this.#uploads--;
    }
  }
}

type Encoding = 'br' | 'gzip';

/** Undefined where a file would hardly be smaller, or who asks takes it as it is. */
function encodingOf({ isCompressible, brotli }: SiteFile, accepted: string): Encoding | undefined {
  if (brotli !== undefined && /\bbr\b/.test(accepted)) return 'br';
  return isCompressible && /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
}

async function readEncoded({ read, brotli }: SiteFile, encoding: Encoding | undefined): Promise<Uint8Array> {
  if (encoding === 'br' && brotli !== undefined) return brotli();
  return encoding === 'gzip' ? compress(await read()) : read();
}

function isSame(given: string, token: string): boolean {
  const digestOf = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digestOf(given), digestOf(token));
}

function notFound(): RequestFault {
  return new RequestFault('there is nothing here', 404);
}

/** @param isLasting whether the file may be kept for good */
function headersOf(path: string, type: string, isLasting: boolean): Record<string, string> {
  return {
    ...securityHeadersOf(path),
    'content-type': type,
    'cache-control': isLasting ? 'private, max-age=31536000, immutable' : 'no-store',
    'x-content-type-options': 'nosniff',
  };
}

function sendJson(response: ServerResponse, message: object): void {
  response.writeHead(200, headersOf('', 'application/json', false)).end(JSON.stringify(message));
}

/** The rest of the request is not read. */
function sendFault(response: ServerResponse, thrown: unknown): void {
  // What else fails is this machine's business.
  const fault =
    thrown instanceof RequestFault ? thrown : new RequestFault('the server failed; its terminal says why', 500);
  response
    .writeHead(fault.status, { ...headersOf('', 'application/json', false), connection: 'close' })
    .end(JSON.stringify({ error: fault.message }));
}
