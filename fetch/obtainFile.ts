import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { LoadGenError } from '../base/errors.js';
import type { RemoteFile } from './assets.js';
import { digestOfFile, digestText, hasDigest } from './digest.js';
import { type AttemptOptions, downloadAttempt } from './downloadAttempt.js';
import { onFile } from './fileFailure.js';
import { MirrorFailure } from './mirrorFailure.js';
import { PartialFile } from './partialFile.js';

export interface ObtainOptions extends AttemptOptions {
  /** What a person should know meanwhile: why a mirror was given up or is asked again. */
  readonly onNotice: (text: string) => void;
  /** Waits between attempts. Rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** In a row at one mirror, none of which got the file further. */
const MAX_VAIN_ATTEMPTS = 5;
/** So much more of a file is a step further. */
const STEP_BYTES = 1024 ** 2;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 120_000;

/**
 * The path of a file in `folder` that has the right digest: it is there from before, or comes from the first mirror
 * that gives it. What has come of it stays in `folder` if this fails.
 *
 * @throws LoadGenError `FETCH_DOWNLOAD` with what each mirror did, `FETCH_FILE`; the signal's reason
 */
export async function obtainFile(file: RemoteFile, folder: string, options: ObtainOptions): Promise<string> {
  const path = join(folder, file.fileName);
  if (await hasDigest(path, file.digest, options.signal)) return path;
  const partial = new PartialFile(`${path}.partial`);
  const reasons: string[] = [];
  for (const url of file.urls) {
    options.onNotice(`Downloading ${file.fileName} from ${url}`);
    try {
      await askMirror(url, file, partial, options);
      await onFile('write', path, () => rename(partial.path, path));
      await partial.remove();
      return path;
    } catch (thrown) {
      if (!(thrown instanceof MirrorFailure)) throw thrown;
      reasons.push(`${url}: ${thrown.message}`);
      options.onNotice(`${url}: ${thrown.message}`);
    }
  }
  throw new LoadGenError('FETCH_DOWNLOAD', [`cannot download ${file.fileName}:`, ...reasons].join('\n  '), {
    hint:
      'Check the connection (HTTPS_PROXY, HTTP_PROXY and NO_PROXY are heeded) and run the command again: it ' +
      `resumes where it stopped.\nOr get ${file.fileName} by other means, and name it with --from FILE.`,
  });
}

/** Leaves the whole file, with the right digest, where the partial one was. */
async function askMirror(url: string, file: RemoteFile, partial: PartialFile, options: ObtainOptions): Promise<void> {
  let reachedBytes = await sizeOf(partial);
  for (let vain = 1; ; vain++) {
    const failure = await attempt(url, file, partial, options);
    if (failure === undefined) return;
    const bytes = await sizeOf(partial);
    if (bytes >= reachedBytes + STEP_BYTES) {
      reachedBytes = bytes;
      vain = 1;
    }
    const waitMs = failure.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (vain - 1);
    if (!failure.mayRetry || vain === MAX_VAIN_ATTEMPTS || waitMs > LONGEST_WAIT_MS) throw finalFailure(failure);
    options.onNotice(`${url}: ${failure.message}; again in ${Math.ceil(waitMs / 1000)} s`);
    await options.wait(waitMs, options.signal);
  }
}

/** Undefined if all went well. */
async function attempt(
  url: string,
  file: RemoteFile,
  partial: PartialFile,
  options: ObtainOptions,
): Promise<MirrorFailure | undefined> {
  try {
    const { pieced } = await downloadAttempt(url, file, partial, options);
    await checkContent(file, partial, pieced, options.signal);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof MirrorFailure) return thrown;
    throw thrown;
  }
}

async function sizeOf(partial: PartialFile): Promise<number> {
  return (await partial.read())?.bytes ?? 0;
}

function finalFailure({ message, retryAfterMs }: MirrorFailure): MirrorFailure {
  const wish = retryAfterMs === undefined ? '' : `, and asks to wait ${Math.ceil(retryAfterMs / 1000)} s`;
  return new MirrorFailure(`${message}${wish}`, { mayRetry: false });
}

/** Pieces of different origin may not belong together: then the same mirror gets a chance to give the whole. */
async function checkContent(
  { digest }: RemoteFile,
  partial: PartialFile,
  pieced: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const found = await digestOfFile(partial.path, digest.algorithm, signal);
  if (found.hex === digest.hex) return;
  await partial.remove();
  throw new MirrorFailure(`found ${digestText(found)}, expected ${digestText(digest)}`, { mayRetry: pieced });
}
