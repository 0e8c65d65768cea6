import { z } from 'zod';
import type { FaceFrame } from '../alignment/alignFace.js';
import { MTCNN_DIGESTS } from '../detection/mtcnnFiles.js';
import { PREPROCESSING_VERSION } from '../preprocessing/preprocessImage.js';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What was made of an image is one of the store's faces, in the order of the images, or a fault. */
const StoredImageSchema = z.union([
  z.strictObject({
    path: z.string(),
    sha256: Sha256,
    score: z.number().min(0).max(1),
    faceCount: z.int().min(1),
  }),
  z.strictObject({
    path: z.string(),
    sha256: Sha256.nullable(),
    fault: z.strictObject({ code: z.string(), message: z.string() }),
  }),
]);

/** What a store of aligned faces was made from, and what it holds. */
export const StoreManifestSchema = z.strictObject({
  preprocessingVersion: z.int(),
  networks: z.strictObject({ pnet: Sha256, rnet: Sha256, onet: Sha256 }),
  imageFolder: z.string(),
  frame: z.strictObject({ width: z.int(), height: z.int(), templateShiftX: z.number() }),
  facesSha256: Sha256,
  images: z.array(StoredImageSchema),
});

export type StoreManifest = z.infer<typeof StoreManifestSchema>;

/** The part of a manifest that does not depend on the images' contents. */
export function manifestBase(
  imageFolder: string,
  { width, height, templateShiftX }: FaceFrame,
): Pick<StoreManifest, 'preprocessingVersion' | 'networks' | 'imageFolder' | 'frame'> {
  return {
    preprocessingVersion: PREPROCESSING_VERSION,
    networks: { ...MTCNN_DIGESTS },
    imageFolder,
    frame: { width, height, templateShiftX },
  };
}
