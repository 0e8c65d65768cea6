import sharp from 'sharp';
import { messageOf } from '../../base/errors.js';
import { foreignContentOf } from '../../base/foreignContent.js';

/** Pixels as R, G, B bytes, row by row from the top left. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Four megapixels: what the first network can be given within a worker's memory. LFW's images have 62,500 pixels. */
const MAX_PIXELS = 2048 * 2048;

/**
 * Decodes a JPEG or PNG file's bytes; a grey image becomes R = G = B, transparency is left out. A rotation noted in
 * EXIF data is not applied and a colour profile not used: the published program sees the pixels as they are stored.
 *
 * @throws Error saying what was found and what was expected
 */
export async function decodeImage(bytes: Uint8Array): Promise<RgbImage> {
  if (bytes.length === 0) throw new Error('found an empty file, expected a JPEG or PNG image');
  const foreign = foreignContentOf(bytes);
  if (foreign !== undefined) throw new Error(`found ${foreign.name}, expected a JPEG or PNG image`);
  const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata().catch(refuse);
  if (format !== 'jpeg' && format !== 'png') {
    throw new Error(`found an image in ${format} format, expected JPEG or PNG`);
  }
  if (width * height > MAX_PIXELS) throw new Error(`found ${width} x ${height} pixels, expected at most ${MAX_PIXELS}`);
  const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, ignoreIcc: true })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(refuse);
  if (info.channels !== 3) throw new Error(`found ${info.channels} channels, expected 3`);
  return { width: info.width, height: info.height, pixels: data };
}

function refuse(cause: unknown): never {
  throw new Error(`found bytes that cannot be decoded (${messageOf(cause)}), expected a whole image`, { cause });
}
