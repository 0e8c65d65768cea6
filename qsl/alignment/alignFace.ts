import type { RgbImage } from '../detection/image.js';
import { type AffineTransform, fitSimilarity, invert, type Point } from './similarity.js';
import { warpBilinear } from './warp.js';

export const FACE_WIDTH = 96;
export const FACE_HEIGHT = 112;
/** Bytes of an aligned face. */
export const FACE_BYTES = FACE_WIDTH * FACE_HEIGHT * 3;

/** Where Sphereface wants the left and right eye, the nose, and the left and right corner of the mouth. */
const TEMPLATE: readonly Point[] = [
  { x: 30.2946, y: 51.6963 },
  { x: 65.5318, y: 51.5014 },
  { x: 48.0252, y: 71.7366 },
  { x: 33.5493, y: 92.3655 },
  { x: 62.7299, y: 92.2041 },
];

/**
 * Brings a face upright into the middle of a 96 x 112 image by its five landmarks (in the template's order).
 *
 * @returns undefined if the landmarks coincide
 */
export function alignFace(image: RgbImage, landmarks: readonly Point[]): RgbImage | undefined {
  const toTemplate = templateTransform(landmarks);
  return toTemplate && warpBilinear(image, invert(toTemplate), FACE_WIDTH, FACE_HEIGHT);
}

/** Takes the image's pixels to the aligned face's; undefined if the landmarks coincide. */
export function templateTransform(landmarks: readonly Point[]): AffineTransform | undefined {
  return fitSimilarity(landmarks, TEMPLATE);
}
