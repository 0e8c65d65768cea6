/** What servers over HTTP have in common. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { systemCodeOf } from './systemErrors.js';

const NOT_HERE = 'Give an address of this machine with --host, or 0.0.0.0 for all.';
const HINTS: Partial<Record<string, string>> = {
  EADDRINUSE: 'Another program listens there: choose another --port, or 0 for one that is free.',
  EACCES: 'Choose a --port above 1023.',
  EADDRNOTAVAIL: NOT_HERE,
  ENOTFOUND: NOT_HERE,
  EAI_AGAIN: NOT_HERE,
};

/** What is wrong with a request; its message is for who has sent it. */
export class RequestFault extends Error {
  /** Of HTTP. */
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/**
 * @param place its port is 0 for one that is free
 * @returns the port
 * @throws SERVE_LISTEN if nothing can listen there
 */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (thrown) {
    const hint = HINTS[systemCodeOf(thrown) ?? ''];
    throw new LoadGenError('SERVE_LISTEN', `cannot listen on ${hostInUrl(host)}:${port}: ${messageOf(thrown)}`, {
      ...(hint === undefined ? {} : { hint }),
      cause: thrown,
    });
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** @throws SERVE_LISTEN if nothing could listen there now */
export async function checkListening(place: { readonly host: string; readonly port: number }): Promise<void> {
  const server = createServer();
  await listen(server, place);
  await endServer(server);
}

/** As it stands in an address on the web. */
export function hostInUrl(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

/** Ends all connections. */
export async function endServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** @throws RequestFault if there is more than `limit` bytes, or the client went away */
export async function readBody(message: IncomingMessage, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = Number(message.headers['content-length'] ?? 0);
  const tooLarge = () => new RequestFault(`found a request of more than ${limit} bytes`);
  if (bytes > limit) throw tooLarge();
  bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

/** Whether a request's `Authorization` brings the token. How long this takes tells nothing about it. */
export function isAllowed(header: string | undefined, token: string | undefined): boolean {
  if (token === undefined) return true;
  return timingSafeEqual(digestOf(header ?? ''), digestOf(`Bearer ${token}`));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
