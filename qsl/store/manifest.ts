import { z } from 'zod';
import type { FaceFrame } from '../alignment/alignFace.js';
import { MTCNN_DIGESTS } from '../detection/mtcnnFiles.js';
import { PREPROCESSING_VERSION } from '../preprocessing/preprocessImage.js';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a file system says of a file: as long as that is the same, so are its bytes, unless someone forges it. */
const FileStampSchema = z.strictObject({ size: z.number(), modifiedMs: z.number(), changedMs: z.number() });

/** What was made of an image is one of the store's faces, in the order of the images, or a fault. */
const StoredImageSchema = z.union([
  z.strictObject({
    path: z.string(),
    stamp: FileStampSchema,
    sha256: Sha256,
    score: z.number().min(0).max(1),
    faceCount: z.int().min(1),
    landmarks: z.array(z.strictObject({ x: z.number(), y: z.number() })).length(5),
    faceSha256: Sha256,
  }),
  z.strictObject({
    path: z.string(),
    stamp: FileStampSchema.nullable(),
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
  /** Of the faces' digests, one after the other. */
  facesSha256: Sha256,
  images: z.array(StoredImageSchema),
});

export type StoreManifest = z.infer<typeof StoreManifestSchema>;
export type FileStamp = z.infer<typeof FileStampSchema>;

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

/** @throws Error saying what is wrong with the text: SyntaxError or ZodError */
export function parseManifest(text: string): StoreManifest {
  return StoreManifestSchema.parse(JSON.parse(text));
}
