import { messageOf } from '../../base/errors.js';
import type { FaceFrame } from '../../base/pairLayout.js';
import { sha256Of } from '../../platform/node/files.js';
import { alignFace } from '../alignment/alignFace.js';
import type { Point } from '../alignment/similarity.js';
import { type ImageName, relativeImagePath } from '../datasets/imageName.js';
import { chooseFace } from '../detection/chooseFace.js';
import { type DecodedImage, type DecodeOptions, decodeImage, type RgbImage } from '../detection/image.js';
import type { FaceDetector } from '../detection/mtcnn.js';
import type { Fault } from '../faults.js';
import { readImageFile } from './imageFile.js';

/** Raise this when the same image would give other bytes than before, so that stored faces are replaced. */
export const PREPROCESSING_VERSION = 2;

/** What came of an image: an aligned face, or what was wrong. */
export type ImageOutcome = FoundFace | FaultyImage;

export interface FaultyImage {
  /** Of the file's bytes; null if it could not be read. */
  readonly sha256: string | null;
  readonly fault: Fault;
}

interface FoundFace {
  /** Of the file's bytes. */
  readonly sha256: string;
  /** height x width x 3 bytes of the frame, R, G, B. */
  readonly face: Uint8Array;
  /** How sure the last network is of this face: above 0.7, at most 1. */
  readonly score: number;
  /** How many faces there are in the image. */
  readonly faceCount: number;
  /** In the image: left eye, right eye, nose, left and right corner of the mouth. */
  readonly landmarks: readonly Point[];
  /** Of the bytes of `face`. */
  readonly faceSha256: string;
  /** From 2 to 8: the EXIF orientation of an image in which the face was found without applying it. */
  readonly exifOrientation?: number | undefined;
}

/** Of an image of a pair. */
export function outcomeOf(image: ImageName, outcomes: ReadonlyMap<string, ImageOutcome>): ImageOutcome {
  const path = relativeImagePath(image);
  const outcome = outcomes.get(path);
  if (outcome === undefined) throw new RangeError(`${path} was not preprocessed`);
  return outcome;
}

/** An image's pixels, with the digest of its file. */
export interface ReadImage {
  readonly sha256: string;
  readonly image: DecodedImage;
}

/** Never rejects for a bad image. */
export async function readImage(path: string, decoding: DecodeOptions): Promise<ReadImage | FaultyImage> {
  const file = await readImageFile(path);
  if ('fault' in file) return { sha256: null, ...file };
  const { sha256 } = file;
  const image = await decodeImage(file.bytes, decoding).catch((thrown: unknown) => messageOf(thrown));
  if (typeof image !== 'string') return { sha256, image };
  return { sha256, fault: { code: 'QSL_IMAGE_DECODE', message: `${path}: ${image}` } };
}

/** Finds the faces in an image, and aligns the one that counts. */
export async function findFace(
  path: string,
  { sha256, image }: ReadImage,
  detector: FaceDetector,
  frame: FaceFrame,
): Promise<ImageOutcome> {
  const found = await findAlignedFace(image, sha256, detector, frame);
  const { exifOrientation } = image;
  if (found !== undefined) return exifOrientation === 1 ? found : { ...found, exifOrientation };
  const size = `${image.width} x ${image.height}`;
  const message = `${path}: found no face in ${size} pixels, expected one of at least 20 pixels`;
  if (exifOrientation === 1) return { sha256, fault: { code: 'QSL_NO_FACE', message } };
  const turned = `${message}; its EXIF orientation ${exifOrientation} is not applied`;
  return { sha256, fault: { code: 'QSL_NO_FACE', message: turned, exifOrientation } };
}

async function findAlignedFace(
  image: RgbImage,
  sha256: string,
  detector: FaceDetector,
  frame: FaceFrame,
): Promise<FoundFace | undefined> {
  const faces = await detector.detect(image);
  if (faces.length === 0) return undefined;
  const { landmarks, score } = chooseFace(faces, image.width, image.height);
  const aligned = alignFace(image, landmarks, frame);
  if (aligned === undefined) return undefined;
  const { pixels: face } = aligned;
  return { sha256, face, score, faceCount: faces.length, landmarks, faceSha256: sha256Of(face) };
}
