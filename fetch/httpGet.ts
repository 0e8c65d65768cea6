import { type Dispatcher, request } from 'undici';
import { LoadGenError, messageOf } from '../base/errors.js';
import { hintOfMachine } from '../platform/node/systemErrors.js';
import { MirrorFailure, retryAfterMs } from './mirrorFailure.js';

export interface HttpOptions {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal | undefined;
  /** How long a server may be silent, before its answer and within it. */
  readonly silenceMs: number;
}

/** A response that holds content, or says that a range cannot be had. */
export interface HttpResponse {
  readonly status: 200 | 206 | 416;
  /** A header's value, by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** The content as it is sent: nothing is decompressed. */
  readonly body: Dispatcher.ResponseData['body'];
}

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Those that may turn out otherwise when asked again. */
const PASSING = new Set([408, 425, 429]);

/**
 * Asks for a file, following redirects to any host.
 *
 * @throws MirrorFailure for any other answer or none; LoadGenError `MACHINE_LIMIT`; the signal's reason
 */
export async function httpGet(
  url: string,
  headers: Readonly<Record<string, string>>,
  options: HttpOptions,
): Promise<HttpResponse> {
  let place = checkedUrl(url);
  for (let redirects = 0; ; redirects++) {
    const { statusCode: status, body, headers: received } = await ask(place, headers, options);
    const header = (name: string) => [received[name]].flat()[0];
    if (status === 200 || status === 206 || status === 416) return { status, header, body };
    body.on('error', () => {}).destroy();
    const location = header('location');
    if (!REDIRECTS.has(status) || location === undefined) {
      throw new MirrorFailure(`${place.href} answers with status ${status}`, {
        mayRetry: status >= 500 || PASSING.has(status),
        retryAfterMs: retryAfterMs(header('retry-after'), Date.now()),
      });
    }
    if (redirects === MAX_REDIRECTS) {
      throw new MirrorFailure(`found more than ${MAX_REDIRECTS} redirects`, { mayRetry: false });
    }
    place = checkedUrl(location, place.href);
  }
}

/** @throws MirrorFailure unless this is the address of a web server */
function checkedUrl(text: string, base?: string): URL {
  const fault = (found: string) => new MirrorFailure(`found ${found}, expected http or https`, { mayRetry: false });
  if (!URL.canParse(text, base)) throw fault(`the address "${text}"`);
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw fault(`a redirect to ${url.protocol}`);
  return url;
}

async function ask(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { dispatcher, signal, silenceMs }: HttpOptions,
): Promise<Dispatcher.ResponseData> {
  try {
    return await request(url, {
      dispatcher,
      headers,
      signal: signal ?? null,
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
    });
  } catch (thrown) {
    signal?.throwIfAborted();
    throw connectionFailure(thrown);
  }
}

/** What went wrong on the way to a server or from it, which may pass; `MACHINE_LIMIT` where it is this machine's fault. */
export function connectionFailure(thrown: unknown): MirrorFailure | LoadGenError {
  const hint = hintOfMachine(thrown);
  if (hint !== undefined)
    return new LoadGenError('MACHINE_LIMIT', `cannot connect: ${messageOf(thrown)}`, { hint, cause: thrown });
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return new MirrorFailure(messageOf(thrown) || code, { mayRetry: true });
}
