/** A real web server on this machine that answers as a test says. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What a server ends with: a test, or a program. */
export interface HasEnd {
  readonly after: (end: () => void) => void;
}

export interface TestServer {
  /** With a slash at the end. */
  readonly url: string;
  /** Each request in its order: its path and the headers that ask for a range. */
  readonly asked: string[];
}

/** Gives each request the next answer, and the last answer to all that follow. Forgotten connections end with the test. */
export async function startServer(t: HasEnd, ...answers: readonly [Answer, ...Answer[]]): Promise<TestServer> {
  const asked: string[] = [];
  const url = await listen(t, (request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    const { range, 'if-range': ifRange } = request.headers;
    asked.push([request.url, range, ifRange].filter((part) => part !== undefined).join(' '));
    answer?.(request, response);
  });
  return { url, asked };
}

export async function listen(t: HasEnd, listener: RequestListener): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer(listener).on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return `http://127.0.0.1:${address.port}/`;
}

/** As a good server: the content, or the range that is asked for. */
export function content(bytes: Buffer, headers: Readonly<Record<string, string>> = { etag: '"v1"' }): Answer {
  return (request, response) => {
    const start = rangeStart(request, headers.etag ?? headers['last-modified']);
    if (start === undefined) {
      response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
    } else if (start >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    } else {
      const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
      response
        .writeHead(206, { ...headers, 'content-range': range, 'content-length': bytes.length - start })
        .end(bytes.subarray(start));
    }
  };
}

/** Like `content`, but the connection breaks when so many bytes of the answer are out, unless these are all. */
export function cutOff(
  bytes: Buffer,
  after: number,
  headers: Readonly<Record<string, string>> = { etag: '"v1"' },
): Answer {
  return (request, response) => {
    const start = rangeStart(request, headers.etag ?? headers['last-modified']) ?? 0;
    const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(start > 0 ? 206 : 200, {
      ...headers,
      ...(start > 0 ? { 'content-range': range } : {}),
      'content-length': bytes.length - start,
    });
    const part = bytes.subarray(start, start + after);
    if (start + part.length === bytes.length) response.end(part);
    else response.write(part, () => response.socket?.end());
  };
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_request, response) => {
    response.writeHead(code, headers).end('not what you want');
  };
}

/** Where the range begins that is asked for, unless its condition does not hold. */
function rangeStart(request: IncomingMessage, validator: string | undefined): number | undefined {
  const start = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const condition = request.headers['if-range'];
  if (start === undefined || (condition !== undefined && condition !== validator)) return undefined;
  return Number(start);
}
