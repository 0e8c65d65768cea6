import { LoadGenError } from '../../base/errors.js';
import type { Manifest, ServedFile } from '../shared/manifest.js';

const CACHE_NAME = 'sphereface-loadgen';

/** Gets the files of a manifest, from the device where it has them already. */
export class FileLoader {
  readonly #files: Manifest['files'];
  readonly #base: string;
  readonly #onBytes: (loaded: number, total: number) => void;
  #loaded = 0;
  #total = 0;

  /** @param onBytes is called with the bytes of all files asked for so far */
  constructor(files: Manifest['files'], base: string, onBytes: (loaded: number, total: number) => void) {
    this.#files = files;
    this.#base = base;
    this.#onBytes = onBytes;
  }

  /** @throws WEB_FILE if it is not to be had, or is another one */
  async load(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const file = this.#files[name];
    if (file === undefined) throw new LoadGenError('WEB_FILE', `there is no file ${name} here`);
    const address = new URL(file.path, this.#base);
    // By its path alone: the address has a token, which changes.
    const key = new URL(`/${file.path}`, this.#base).href;
    const cache = 'caches' in globalThis ? await caches.open(CACHE_NAME) : undefined;
    const kept = await cache?.match(key);
    this.#total += file.bytes;
    const bytes = await this.#read(kept ?? (await fetch(address)), file, name);
    await checkDigest(bytes, file, name);
    // A device without room for it asks again the next time.
    if (kept === undefined) await cache?.put(key, new Response(bytes)).catch(() => {});
    return bytes;
  }

  async #read(response: Response, { bytes }: ServedFile, name: string): Promise<Uint8Array<ArrayBuffer>> {
    if (!response.ok || response.body === null) throw fileError(name, `found status ${response.status}`);
    const content = new Uint8Array(bytes);
    const reader = response.body.getReader();
    let end = 0;
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (end + chunk.value.length > bytes) throw fileError(name, `found more than ${bytes} bytes`);
      content.set(chunk.value, end);
      end += chunk.value.length;
      this.#loaded += chunk.value.length;
      this.#onBytes(this.#loaded, this.#total);
    }
    if (end < bytes) throw fileError(name, `found ${end} bytes, expected ${bytes}`);
    return content;
  }
}

/** Removes what an earlier manifest had: a device keeps the files of one. */
export async function forgetOtherFiles(files: Manifest['files'], base: string): Promise<void> {
  if (!('caches' in globalThis)) return;
  const cache = await caches.open(CACHE_NAME);
  const known = new Set(Object.values(files).map(({ path }) => new URL(`/${path}`, base).href));
  for (const { url } of await cache.keys()) if (!known.has(url)) await cache.delete(url);
}

/** Browsers tell digests on https and on the device itself only. */
async function checkDigest(bytes: Uint8Array<ArrayBuffer>, { sha256 }: ServedFile, name: string): Promise<void> {
  if (!isSecureContext) return;
  const found = await sha256Of(bytes);
  if (found !== sha256) throw fileError(name, `found the SHA-256 ${found}, expected ${sha256}`);
}

/** In hexadecimal. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fileError(name: string, found: string): LoadGenError {
  return new LoadGenError('WEB_FILE', `${name}: ${found}`, { hint: 'Load the page again, near the access point.' });
}
