import sharp from 'sharp';

/** Pixels as R, G, B bytes, row by row from the top left. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Four megapixels: what the first network can be given within a worker's memory. LFW's images have 62,500 pixels. */
const MAX_PIXELS = 2048 * 2048;

/**
 * Decodes a JPEG file's bytes; a grey image becomes R = G = B. A rotation noted in EXIF data is not applied and a
 * colour profile not used: the published program sees the pixels as they are stored.
 *
 * @throws Error saying what was found and what was expected
 */
export async function decodeJpeg(bytes: Uint8Array): Promise<RgbImage> {
  const options = { limitInputPixels: MAX_PIXELS, failOn: 'error', ignoreIcc: true } as const;
  const { format, width, height } = await sharp(bytes, options).metadata();
  if (format !== 'jpeg') throw new Error(`found an image in ${format} format, expected JPEG`);
  if (width * height > MAX_PIXELS) throw new Error(`found ${width} x ${height} pixels, expected at most ${MAX_PIXELS}`);
  const { data, info } = await sharp(bytes, options).toColourspace('srgb').removeAlpha().raw().toBuffer({
    resolveWithObject: true,
  });
  if (info.channels !== 3) throw new Error(`found ${info.channels} channels, expected 3`);
  return { width: info.width, height: info.height, pixels: data };
}
