import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Of } from '../../platform/node/files.js';
import {
  facesFileName,
  readManifest,
  readStoreFiles,
  type StoreAddress,
  type StoredImage,
  storeKey,
  writeStoreFiles,
} from './faceStore.js';

/** So many images at most are done again after a run was killed. */
const IMAGES_PER_PART = 64;

/**
 * Keeps images of a store that is being made in parts, small stores of their own, so that a run that ends early is
 * continued by the next. Parts are written during the work; `flush` throws what went wrong.
 */
export class PartialStore {
  readonly #address: StoreAddress;
  #waiting: StoredImage[] = [];
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(address: StoreAddress) {
    this.#address = address;
  }

  add(image: StoredImage): void {
    this.#waiting.push(image);
    if (this.#waiting.length === IMAGES_PER_PART) this.#writeWaiting();
  }

  /** Ends when all images added are on disk. @throws LoadGenError `QSL_STORE` */
  async flush(): Promise<void> {
    this.#writeWaiting();
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  #writeWaiting(): void {
    const images = this.#waiting;
    this.#waiting = [];
    if (images.length === 0) return;
    const name = `${partPrefix(this.#address)}${sha256Of(JSON.stringify(images.map(({ path }) => path))).slice(0, 32)}.json`;
    this.#writing = this.#writing
      .then(() => writeStoreFiles(name, this.#address, images))
      .catch((thrown: unknown) => {
        this.#failure ??= thrown;
      });
  }
}

/** The images of all parts that are whole. */
export async function readParts(address: StoreAddress): Promise<StoredImage[]> {
  const images: StoredImage[] = [];
  for (const name of await partNames(address)) images.push(...((await readStoreFiles(name, address)) ?? []));
  return images;
}

/** Removes the parts of a store that is whole, whichever run wrote them. */
export async function removeParts(address: StoreAddress): Promise<void> {
  const { storeFolder } = address;
  const whole = await readManifest(join(storeFolder, `${storeKey(address)}.json`)).catch(() => undefined);
  for (const name of await partNames(address)) {
    const part = await readManifest(join(storeFolder, name)).catch(() => undefined);
    await rm(join(storeFolder, name), { force: true });
    // A part of all images has the same faces as the store.
    if (part === undefined || part.facesSha256 === whole?.facesSha256) continue;
    await rm(join(storeFolder, facesFileName(part.facesSha256)), { force: true });
  }
}

function partPrefix(address: StoreAddress): string {
  return `${storeKey(address)}.part-`;
}

async function partNames(address: StoreAddress): Promise<string[]> {
  const names = await readdir(address.storeFolder).catch(() => []);
  return names.filter((name) => name.startsWith(partPrefix(address)) && name.endsWith('.json')).sort();
}
