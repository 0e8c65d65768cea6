import { LoadGenError } from '../../base/errors.js';

const FORMS =
  'http://HOST:PORT/v2/models/NAME, https://…, grpc://… or grpcs://…, or for a socket http://unix:/path.sock:/v2/models/NAME';
const SCHEME = /^(http|grpc)(s?):\/\//i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const UNIX = /^unix:(\/[^:]*):(\/.*)$/s;
const PATH = /^(.*)\/v2\/models\/([^/]+)(?:\/versions\/([^/]+))?\/?$/s;

/** A model on a server that speaks the Open Inference Protocol. */
export interface RemoteAddress {
  readonly protocol: 'http' | 'grpc';
  readonly isEncrypted: boolean;
  /** As in a URL: an IPv6 address has brackets. */
  readonly host: string;
  /** Undefined for the protocol's own. */
  readonly port: number | undefined;
  /** The path of a Unix domain socket that takes the place of host and port. */
  readonly socketPath: string | undefined;
  /** What stands before `/v2` in paths; empty for gRPC. */
  readonly prefix: string;
  readonly model: string;
  /** Undefined to have the server choose. */
  readonly version: string | undefined;
}

/** Whether a system's name is the address of a server. */
export function isRemoteName(name: string): boolean {
  return SCHEME.test(name);
}

/** Whether nothing that is sent there leaves this machine. */
export function isOnThisMachine({ socketPath, host }: RemoteAddress): boolean {
  return socketPath !== undefined || LOOPBACK.test(host);
}

/**
 * Reads `http://HOST:PORT/v2/models/NAME` and the like. Undefined if the name has no such scheme.
 *
 * @throws SUT_SERVER if what follows the scheme cannot be read
 */
export function remoteNamed(name: string): RemoteAddress | undefined {
  const [scheme, protocolName = '', secure = ''] = SCHEME.exec(name) ?? [];
  if (scheme === undefined) return undefined;
  const protocol = protocolName.toLowerCase() === 'grpc' ? 'grpc' : 'http';
  const place = placeIn(name, name.slice(scheme.length));
  const [, prefix = '', model, version] = PATH.exec(place.path) ?? [];
  if (model === undefined) throw nameError(name, 'expected');
  if (protocol === 'grpc' && prefix !== '') throw nameError(name, `gRPC has no path such as "${prefix}": expected`);
  if (protocol === 'grpc' && place.port === undefined && place.socketPath === undefined)
    throw nameError(name, 'gRPC has no port of its own: expected');
  return {
    protocol,
    isEncrypted: secure !== '',
    ...{ host: place.host, port: place.port, socketPath: place.socketPath, prefix },
    model: decoded(name, model),
    version: version === undefined ? undefined : decoded(name, version),
  };
}

type Place = Pick<RemoteAddress, 'host' | 'port' | 'socketPath'> & { readonly path: string };

function placeIn(name: string, rest: string): Place {
  const [, socketPath, path = ''] = UNIX.exec(rest) ?? [];
  if (socketPath !== undefined) return { host: 'localhost', port: undefined, socketPath, path };
  if (!URL.canParse(`http://${rest}`)) throw nameError(name, 'expected');
  const url = new URL(`http://${rest}`);
  if (url.username !== '' || url.password !== '')
    throw new LoadGenError('SUT_SERVER', "the server's address holds a user or a password, expected none", {
      hint: 'Put a token into the environment variable SPHEREFACE_LOADGEN_TOKEN.',
    });
  if (url.search !== '' || url.hash !== '') throw nameError(name, 'nothing may follow the path: expected');
  // Of the default port, URL keeps nothing.
  const port = url.port === '' ? (/^[^/]*:80(?:\/|$)/.test(rest) ? 80 : undefined) : Number(url.port);
  return { host: url.hostname, port, socketPath: undefined, path: url.pathname };
}

function decoded(name: string, part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw nameError(name, 'expected');
  }
}

function nameError(name: string, expected: string): LoadGenError {
  return new LoadGenError('SUT_SERVER', `found "${name}", ${expected} ${FORMS}`);
}
