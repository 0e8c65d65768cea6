import type { RemoteFile } from './assets.js';
import { onFile } from './fileFailure.js';
import { connectionFailure, type HttpOptions, type HttpResponse, httpGet } from './httpGet.js';
import { MirrorFailure } from './mirrorFailure.js';
import type { Content, PartialFile } from './partialFile.js';

/** How far an attempt is, in bytes of the whole file. */
export interface DownloadProgress {
  update(bytes: number): void;
  stop(): void;
}

/** Called when bytes begin to come, with how many are there before; the total is undefined where the mirror does not say. */
export type StartProgress = (fileName: string, bytes: number, totalBytes: number | undefined) => DownloadProgress;

export interface AttemptOptions extends HttpOptions {
  readonly startProgress: StartProgress;
}

/**
 * Asks one mirror once for what is still missing of a file, and appends it to the partial file, which stays for another
 * attempt if this one fails. What another mirror sent is kept if the sizes agree: the digest of the complete file decides.
 *
 * @returns whether the file was put together from several answers
 * @throws MirrorFailure, LoadGenError `FETCH_FILE`, the signal's reason
 */
export async function downloadAttempt(
  url: string,
  file: Pick<RemoteFile, 'fileName' | 'maxBytes'>,
  partial: PartialFile,
  options: AttemptOptions,
): Promise<{ readonly pieced: boolean }> {
  const before = await partial.read();
  if (before !== undefined && before.bytes === before.content.totalBytes) return { pieced: true };
  const offset = before?.bytes ?? 0;
  const response = await httpGet(url, headersFor(url, before), options);
  try {
    const content = contentOf(response, url, before?.content);
    checkSize(content.totalBytes ?? 0, file.maxBytes);
    if (response.status === 200) await partial.restart(content);
    else await checkGoesOn(response, content, offset, before?.content, partial);
    if (response.status === 416) return { pieced: true };
    const start = response.status === 200 ? 0 : offset;
    const progress = options.startProgress(file.fileName, start, content.totalBytes ?? undefined);
    const target = { partial, start, totalBytes: content.totalBytes, maxBytes: file.maxBytes };
    const bytes = await append(chunksOf(response.body, options.signal), target, progress);
    if (content.totalBytes === null) await partial.note({ ...content, totalBytes: bytes });
    return { pieced: start > 0 };
  } finally {
    response.body.on('error', () => {}).destroy();
  }
}

function headersFor(url: string, before: { bytes: number; content: Content } | undefined): Record<string, string> {
  const headers = { 'accept-encoding': 'identity', 'user-agent': 'sphereface-loadgen' };
  if (before === undefined || before.bytes === 0) return headers;
  const { validator } = before.content;
  const condition = validator !== null && before.content.url === url ? { 'if-range': validator } : {};
  return { ...headers, range: `bytes=${before.bytes}-`, ...condition };
}

function contentOf({ status, header }: HttpResponse, url: string, before: Content | undefined): Content {
  const total = status === 200 ? header('content-length') : /\/(\d+)$/.exec(header('content-range') ?? '')?.[1];
  const totalBytes = total === undefined || !/^\d+$/.test(total) ? null : Number(total);
  const etag = header('etag');
  // If-Range takes no weak ETag.
  const strongTag = etag?.startsWith('W/') ? undefined : etag;
  const validator = strongTag ?? header('last-modified') ?? (status === 200 ? null : (before?.validator ?? null));
  return { url, validator, totalBytes };
}

/** Drops the partial file if the answer to a request for the rest is not about the same content. */
async function checkGoesOn(
  { status, header }: HttpResponse,
  content: Content,
  offset: number,
  before: Content | undefined,
  partial: PartialFile,
): Promise<void> {
  const range = header('content-range') ?? 'no Content-Range';
  const fits =
    status === 416
      ? content.totalBytes === offset
      : range.startsWith(`bytes ${offset}-`) && content.totalBytes !== null;
  const sameTotal = before?.totalBytes === null || content.totalBytes === before?.totalBytes;
  const sameVersion = before?.url !== content.url || content.validator === before.validator;
  if (fits && sameTotal && sameVersion) return partial.note(content);
  await partial.remove();
  const found = fits ? `other content than before (${range})` : `status ${status} with "${range}"`;
  throw new MirrorFailure(`found ${found}, expected what comes after byte ${offset}`, { mayRetry: true });
}

function checkSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new MirrorFailure(`found ${bytes} bytes, expected at most ${maxBytes}`, { mayRetry: false });
}

interface Target {
  readonly partial: PartialFile;
  /** How much is there. */
  readonly start: number;
  readonly totalBytes: number | null;
  readonly maxBytes: number;
}

/** Writes chunks behind what is there. Returns the size reached, which is the total if that is known. */
async function append(chunks: AsyncIterable<Buffer>, target: Target, progress: DownloadProgress): Promise<number> {
  const { partial, totalBytes, maxBytes } = target;
  let bytes = target.start;
  const handle = await partial.openForAppending();
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > (totalBytes ?? maxBytes)) break;
      await onFile('write', partial.path, () => handle.appendFile(chunk));
      progress.update(bytes);
    }
    await onFile('write', partial.path, () => handle.sync());
  } finally {
    progress.stop();
    await handle.close();
  }
  if (bytes > (totalBytes ?? maxBytes)) {
    await partial.remove();
    throw new MirrorFailure(`sends more than the expected ${totalBytes ?? maxBytes} bytes`, { mayRetry: false });
  }
  if (totalBytes === null || bytes === totalBytes) return bytes;
  throw new MirrorFailure(`found ${bytes} bytes, expected ${totalBytes}`, { mayRetry: true });
}

async function* chunksOf(body: HttpResponse['body'], signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield chunk;
  } catch (thrown) {
    signal?.throwIfAborted();
    throw connectionFailure(thrown);
  }
}
