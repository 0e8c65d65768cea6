/** What a server did instead of answering, as what follows "the server": it stands in logs, and so names no address. */
export class ServerFailure extends Error {
  /** Whether there was an answer, if not a right one: asked in another way, the server may give one. */
  get hasAnswered(): boolean {
    return this.cause === undefined || codeOf(this.cause) === TOO_LARGE;
  }
}

const TOO_LARGE = 'UND_ERR_RES_EXCEEDED_MAX_SIZE';

/** By the code of an error: of sockets, of TLS, of undici. */
const TEXTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections',
  ENOENT: 'has no socket of this path',
  EACCES: 'has a socket that may not be opened',
  ENOTFOUND: 'has a host name that is not known',
  EAI_AGAIN: 'has a host name that cannot be looked up now',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  ETIMEDOUT: 'accepted no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'accepted no connection in time',
  ECONNRESET: 'ended the connection before it had answered',
  EPIPE: 'ended the connection before it had answered',
  UND_ERR_SOCKET: 'ended the connection before it had answered',
  [TOO_LARGE]: 'answered with more bytes than any answer has',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'ended its answer early',
  UND_ERR_HEADERS_OVERFLOW: 'answered with more headers than any answer has',
};

/** What a thrown error of a connection means. */
export function serverFailureOf(thrown: unknown): ServerFailure {
  if (thrown instanceof ServerFailure) return thrown;
  if (thrown instanceof Error && thrown.name === 'TimeoutError')
    return new ServerFailure('did not answer in time', { cause: thrown });
  const code = codeOf(thrown);
  return new ServerFailure(textOf(code), { cause: thrown });
}

function textOf(code: string): string {
  const known = TEXTS[code];
  if (known !== undefined) return known;
  if (code.startsWith('HPE_')) return `answered with what is not HTTP (${code})`;
  if (/CERT|SIGNED|SIGNATURE/.test(code)) return `has a certificate that is not trusted (${code})`;
  if (/SSL|TLS|EPROTO/.test(code)) return `does not speak TLS as expected (${code})`;
  return `cannot be asked (${code})`;
}

function codeOf(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null) {
    if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
    // Node.js tries all addresses of a host.
    if (thrown instanceof AggregateError) return codeOf(thrown.errors[0]);
    if ('name' in thrown && thrown.name === 'HTTPParserError') return 'HPE_INVALID';
    if ('cause' in thrown && thrown.cause !== undefined) return codeOf(thrown.cause);
  }
  // Not the message, which may name the address.
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
