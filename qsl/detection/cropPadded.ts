import type { Box } from './boxes.js';
import type { RgbImage } from './image.js';

const CHANNELS = 3;

/** The part of an image inside a box of whole pixels; black where the box reaches over the image's edge. */
export function cropPadded(image: RgbImage, box: Box): RgbImage {
  const width = box.right - box.left + 1;
  const height = box.bottom - box.top + 1;
  const pixels = new Uint8Array(width * height * CHANNELS);
  const firstColumn = Math.max(box.left, 1);
  const lastColumn = Math.min(box.right, image.width);
  if (firstColumn > lastColumn) return { width, height, pixels };
  for (let row = Math.max(box.top, 1); row <= Math.min(box.bottom, image.height); row++) {
    const rowStart = (row - 1) * image.width;
    const source = image.pixels.subarray((rowStart + firstColumn - 1) * CHANNELS, (rowStart + lastColumn) * CHANNELS);
    pixels.set(source, ((row - box.top) * width + firstColumn - box.left) * CHANNELS);
  }
  return { width, height, pixels };
}
