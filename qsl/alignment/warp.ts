import type { RgbImage } from '../detection/image.js';
import type { AffineTransform } from './similarity.js';

const CHANNELS = 3;

/**
 * Resamples an image: each output pixel is interpolated bilinearly from the four input pixels around the place that
 * `toInput` takes it to; what lies outside the input is black. Values are rounded to bytes.
 */
export function warpBilinear(image: RgbImage, toInput: AffineTransform, width: number, height: number): RgbImage {
  const pixels = new Uint8Array(width * height * CHANNELS);
  let target = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inputX = toInput.xx * x + toInput.xy * y + toInput.x0;
      const inputY = toInput.yx * x + toInput.yy * y + toInput.y0;
      interpolate(image, inputX, inputY, pixels, target);
      target += CHANNELS;
    }
  }
  return { width, height, pixels };
}

function interpolate(image: RgbImage, x: number, y: number, output: Uint8Array, target: number): void {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [x - left, y - top];
  for (let channel = 0; channel < CHANNELS; channel++) {
    const upper = (1 - right) * valueAt(image, left, top, channel) + right * valueAt(image, left + 1, top, channel);
    const lower =
      (1 - right) * valueAt(image, left, top + 1, channel) + right * valueAt(image, left + 1, top + 1, channel);
    output[target + channel] = Math.round((1 - bottom) * upper + bottom * lower);
  }
}

function valueAt({ width, height, pixels }: RgbImage, x: number, y: number, channel: number): number {
  if (x < 0 || y < 0 || x >= width || y >= height) return 0;
  return pixels[(y * width + x) * CHANNELS + channel] ?? 0;
}
