import { z } from 'zod';
import type { FaceFrame } from '../../base/pairLayout.js';
import { decodeJson } from '../../base/text.js';
import type { DecodeOptions } from '../detection/image.js';
import { MTCNN_DIGESTS } from '../detection/mtcnnFiles.js';
import { FAULT_CODES } from '../faults.js';
import { PREPROCESSING_VERSION } from '../preprocessing/preprocessImage.js';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** What a file system says of a file: as long as that is the same, so are its bytes, unless someone forges it. */
const fileStampSchema = z.strictObject({ size: z.number(), modifiedMs: z.number(), changedMs: z.number() });

/** Where it is not applied. */
const exifOrientationSchema = z.int().min(2).max(8).optional();

/** What was made of an image is one of the store's faces, in the order of the images, or a fault. */
const storedImageSchema = z.union([
  z.strictObject({
    path: z.string(),
    stamp: fileStampSchema,
    sha256: sha256Schema,
    score: z.number().min(0).max(1),
    faceCount: z.int().min(1),
    landmarks: z.array(z.strictObject({ x: z.number(), y: z.number() })).length(5),
    faceSha256: sha256Schema,
    exifOrientation: exifOrientationSchema,
  }),
  z.strictObject({
    path: z.string(),
    stamp: fileStampSchema.nullable(),
    sha256: sha256Schema.nullable(),
    fault: z.strictObject({
      code: z.enum(FAULT_CODES),
      message: z.string(),
      exifOrientation: exifOrientationSchema,
    }),
  }),
]);

/** What a store of aligned faces was made from, and what it holds. */
export const storeManifestSchema = z.strictObject({
  preprocessingVersion: z.int(),
  networks: z.strictObject({ pnet: sha256Schema, rnet: sha256Schema, onet: sha256Schema }),
  imageFolder: z.string(),
  frame: z.strictObject({ width: z.int(), height: z.int(), templateShiftX: z.number() }),
  /** Whether images were turned as their EXIF data say; left out where they were not. */
  applyOrientation: z.literal(true).optional(),
  /** Of the faces' digests, one after the other. */
  facesSha256: sha256Schema,
  images: z.array(storedImageSchema),
});

export type StoreManifest = z.infer<typeof storeManifestSchema>;
export type FileStamp = z.infer<typeof fileStampSchema>;

/** The part of a manifest that does not depend on the images' contents. */
export function manifestBase({
  imageFolder,
  frame: { width, height, templateShiftX },
  applyOrientation,
}: { readonly imageFolder: string; readonly frame: FaceFrame } & DecodeOptions): Pick<
  StoreManifest,
  'preprocessingVersion' | 'networks' | 'imageFolder' | 'frame' | 'applyOrientation'
> {
  return {
    preprocessingVersion: PREPROCESSING_VERSION,
    networks: { ...MTCNN_DIGESTS },
    imageFolder,
    frame: { width, height, templateShiftX },
    ...(applyOrientation ? { applyOrientation } : {}),
  };
}

/** @throws Error saying what is wrong with the text: SyntaxError or ZodError */
export function parseManifest(text: string): StoreManifest {
  return storeManifestSchema.parse(decodeJson(text));
}
