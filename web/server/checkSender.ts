import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { RequestFault } from '../../platform/node/httpServer.js';

/**
 * Lets nobody in by a name that others could have pointed at this machine, and no page of another site send anything.
 *
 * @param names of this machine; its addresses in numbers need not be among them
 * @throws RequestFault if a request is not of this machine's own page
 */
export function checkSender({ headers, method }: IncomingMessage, names: readonly string[], scheme: string): void {
  const name = nameIn(headers.host ?? '');
  if (isIP(name) === 0 && !names.includes(name)) throw new RequestFault('this is the server of another name', 421);
  if (method !== 'POST') return;
  // A browser too old for the first tells the second.
  const site = headers['sec-fetch-site'];
  const isOwn =
    site === undefined ? [undefined, `${scheme}://${headers.host}`].includes(headers.origin) : site === 'same-origin';
  if (!isOwn) throw new RequestFault('found what a page of another site sends', 403);
}

/** Without the port and brackets. */
function nameIn(host: string): string {
  return host
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}
