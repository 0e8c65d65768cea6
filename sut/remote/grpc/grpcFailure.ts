import { printable } from '../../../base/text.js';
import { ServerFailure, serverFailureOf } from '../serverFailure.js';
import { type ServiceError, status } from './library.js';

/** Codes of Node.js's errors, which grpc-js puts into texts. */
const NODE_CODE = /\b(E[A-Z]{4,}|[A-Z_]*(?:CERT|SIGNED|SIGNATURE)[A-Z_]*|ERR_(?:SSL|TLS)_[A-Z_]+)\b/;
/** Texts that grpc-js makes itself of what happened to a connection. */
const CONNECTION_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/self[- ]signed certificate|unable to verify|certificate/i, 'has a certificate that is not trusted'],
  [/Name resolution failed/i, 'has a host name that is not known'],
  [/wrong version number|EPROTO|protocol error/i, 'does not speak gRPC, or not with TLS as expected'],
];

/** What an error of grpc-js means. Its texts hold addresses, and so are not shown where they are not the server's own. */
export function grpcFailureOf(error: ServiceError, token: string | undefined): ServerFailure {
  if (error.code === status.DEADLINE_EXCEEDED) return new ServerFailure('did not answer in time', { cause: error });
  if (error.code === status.UNAVAILABLE || error.code === status.CANCELLED) return connectionFailure(error);
  const text = printable(error.details.replace(/\s+/g, ' '));
  const shown = token === undefined ? text : text.replaceAll(token, '…');
  return new ServerFailure(`answers with status ${status[error.code]}${shown === '' ? '' : `: ${shown}`}`);
}

function connectionFailure(error: ServiceError): ServerFailure {
  const [, code] = NODE_CODE.exec(error.details) ?? [];
  if (code !== undefined) return serverFailureOf(Object.assign(new Error(error.details), { code }));
  const [, text] = CONNECTION_TEXTS.find(([pattern]) => pattern.test(error.details)) ?? [];
  return new ServerFailure(text ?? 'ended the connection before it had answered', { cause: error });
}
