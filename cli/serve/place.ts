/** Where a page is handed out, and what its user is told of it. */
import { isIP } from 'node:net';
import { defaultCacheFolder } from '../../platform/node/cacheFolder.js';
import { hostInUrl } from '../../platform/node/httpServer.js';
import { isLoopback, LOCALHOST, reachableAddresses } from '../../web/server/addresses.js';
import { type Certificate, openCertificate } from '../../web/server/certificate.js';

export interface Place {
  readonly host: string;
  /** Those that devices may use, the likeliest first. */
  readonly addresses: readonly string[];
  /** The names among them, and this machine's own. */
  readonly names: readonly string[];
  /** Undefined on this machine alone, where browsers ask for none. */
  readonly certificate: Certificate | undefined;
}

/** @throws WEB_CERTIFICATE if a certificate that is needed cannot be kept */
export async function openPlace(host: string): Promise<Place> {
  const addresses = isLoopback(host) ? [host] : reachableAddresses(host);
  const names = [...new Set([...addresses.filter((address) => isIP(address) === 0), LOCALHOST])];
  const certified = [...new Set([...addresses, LOCALHOST, '127.0.0.1', '::1'])];
  const certificate = isLoopback(host) ? undefined : await openCertificate(defaultCacheFolder(), certified);
  return { host, addresses, names, certificate };
}

export function pageUrls({ addresses, certificate }: Place, port: number, token: string): string[] {
  const scheme = certificate === undefined ? 'http' : 'https';
  return addresses.map((address) => `${scheme}://${hostInUrl(address)}:${port}/${token}/`);
}

/** For the standard error, beside the addresses; in lines of a terminal's usual width. */
export function placeLines({ addresses, certificate }: Place): string[] {
  if (certificate === undefined)
    return ['For browsers on this machine; --host 0.0.0.0 serves a network. Ctrl-C ends it.'];
  const pairs = certificate.fingerprint.split(':');
  const half = pairs.length / 2;
  return [
    ...(addresses.includes(LOCALHOST) ? ['This machine is in no network: nothing else reaches it.'] : []),
    "Browsers warn of this machine's own certificate. Its SHA-256 fingerprint:",
    ...[pairs.slice(0, half), pairs.slice(half)].map((line) => `  ${line.join(':')}`),
    'If the browser shows the same, go on to the page. Ctrl-C ends the command.',
  ];
}
