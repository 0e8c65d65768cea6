import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SYNTHETIC_FOLDER } from '../datasets/datasetFolder.js';
import { isMadeLikeOurs, readManifest, type StoreAddress, type StoredImage, takeFaces } from './faceStore.js';

const FOLDER = fileURLToPath(new URL('../../../qsl/synthetic-faces-aligned', import.meta.url));
/** A store's manifest of all images of the data set, made for no folder. */
export const SHIPPED_MANIFEST = join(FOLDER, 'faces.json');
/** A lossless WebP file with a frame for each face, in the manifest's order. */
export const SHIPPED_FACES = join(FOLDER, 'faces.webp');
export const SHIPPED_IMAGE_FOLDER = '';

/**
 * The aligned faces of the synthetic data set that come with this package, so that its first run needs no face detection.
 * Their stamps are no file's: whether an image is the one they were made of is known by its digest.
 *
 * @returns undefined for other data sets, frames and versions of the preprocessing, or if the files are damaged
 */
export async function readShippedFaces(address: StoreAddress): Promise<StoredImage[] | undefined> {
  if (address.imageFolder !== SYNTHETIC_FOLDER) return undefined;
  const manifest = await readManifest(SHIPPED_MANIFEST).catch(() => undefined);
  if (manifest === undefined || !isMadeLikeOurs(manifest, { ...address, imageFolder: SHIPPED_IMAGE_FOLDER }))
    return undefined;
  // Slow to load, and needed once: from then on the faces are in the cache.
  const { default: sharp } = await import('sharp');
  const faces = await sharp(SHIPPED_FACES, { pages: -1 })
    // libwebp gives a frame that is like the one before some transparency.
    .removeAlpha()
    .raw()
    .toBuffer()
    .catch(() => undefined);
  return faces && takeFaces(manifest, faces);
}
