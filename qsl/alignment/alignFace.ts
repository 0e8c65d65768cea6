import type { FaceFrame } from '../../base/pairLayout.js';
import type { RgbImage } from '../detection/image.js';
import { type AffineTransform, fitSimilarity, invert, type Point } from './similarity.js';
import { warpBilinear } from './warp.js';

/** Where the left and right eye, the nose, and the left and right corner of the mouth go in a frame of 96 x 112. */
const TEMPLATE: readonly Point[] = [
  { x: 30.2946, y: 51.6963 },
  { x: 65.5318, y: 51.5014 },
  { x: 48.0252, y: 71.7366 },
  { x: 33.5493, y: 92.3655 },
  { x: 62.7299, y: 92.2041 },
];

/** Bytes of an aligned face. */
export function faceBytesOf({ width, height }: FaceFrame): number {
  return width * height * 3;
}

/**
 * Brings a face upright into a frame by its five landmarks (in the template's order).
 *
 * @returns undefined if the landmarks coincide
 */
export function alignFace(image: RgbImage, landmarks: readonly Point[], frame: FaceFrame): RgbImage | undefined {
  const toTemplate = templateTransform(landmarks, frame);
  return toTemplate && warpBilinear(image, invert(toTemplate), frame.width, frame.height);
}

/** Takes the image's pixels to the aligned face's; undefined if the landmarks coincide. */
export function templateTransform(landmarks: readonly Point[], frame: FaceFrame): AffineTransform | undefined {
  const template = TEMPLATE.map(({ x, y }) => ({ x: x + frame.templateShiftX, y }));
  return fitSimilarity(landmarks, template);
}
