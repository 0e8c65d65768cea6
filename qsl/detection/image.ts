import { messageOf } from '../../base/errors.js';
import { foreignContentOf } from '../../base/foreignContent.js';

/** Pixels as R, G, B bytes, row by row from the top left. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** As decoded, with what its file says of how it is to be turned. */
export interface DecodedImage extends RgbImage {
  /** EXIF's number from 1 to 8 of how the pixels are still to be turned; 1, upright, where it is applied or not said. */
  readonly exifOrientation: number;
}

export interface DecodeOptions {
  /** Turns the image as its EXIF data say. */
  readonly applyOrientation: boolean;
}

/**
 * Four megapixels: what the first network can be given within a worker's memory. Larger images are made smaller, so that
 * of one of 12 megapixels a face of 34 pixels is still found. LFW's images have 62,500 pixels.
 */
export const MAX_PIXELS = 2048 * 2048;
/** A quarter of a gigapixel: far above every camera, and what an image of a few kilobytes may pretend to have. */
const MAX_DECODED_PIXELS = 2 ** 28;
/** EXIF's orientations from this one on exchange width and height. */
const FIRST_ON_ITS_SIDE = 5;

/**
 * Decodes a JPEG or PNG file's bytes; a grey image becomes R = G = B, transparency is left out, and more than four
 * megapixels are made fewer. A colour profile is not used, and a rotation noted in EXIF data only where that is asked:
 * the published program sees the pixels as they are stored.
 *
 * @throws Error saying what was found and what was expected
 */
export async function decodeImage(
  bytes: Uint8Array,
  { applyOrientation }: DecodeOptions = { applyOrientation: false },
): Promise<DecodedImage> {
  if (bytes.length === 0) throw new Error('found an empty file, expected a JPEG or PNG image');
  const foreign = foreignContentOf(bytes);
  if (foreign !== undefined) throw new Error(`found ${foreign.name}, expected a JPEG or PNG image`);
  // Slow to load, and of no use where all faces are known.
  const { default: sharp } = await import('sharp');
  // Images are read side by side, each once.
  sharp.concurrency(1);
  sharp.cache(false);
  const {
    format,
    width,
    height,
    orientation = 1,
  } = await sharp(bytes, { limitInputPixels: false }).metadata().catch(refuse);
  if (format !== 'jpeg' && format !== 'png') {
    throw new Error(`found an image in ${format} format, expected JPEG or PNG`);
  }
  if (width * height > MAX_DECODED_PIXELS) {
    throw new Error(`found ${width} x ${height} pixels, expected at most ${MAX_DECODED_PIXELS}`);
  }
  const stored = sharp(bytes, { limitInputPixels: MAX_DECODED_PIXELS, ignoreIcc: true });
  const turned = applyOrientation ? stored.autoOrient() : stored;
  const isOnItsSide = applyOrientation && orientation >= FIRST_ON_ITS_SIDE;
  const [fullWidth, fullHeight] = isOnItsSide ? [height, width] : [width, height];
  const scale = Math.sqrt(MAX_PIXELS / (width * height));
  const side = (length: number) => Math.max(1, Math.floor(length * scale));
  const image = scale < 1 ? turned.resize(side(fullWidth), side(fullHeight), { fit: 'fill' }) : turned;
  const { data, info } = await image
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(refuse);
  if (info.channels !== 3) throw new Error(`found ${info.channels} channels, expected 3`);
  return { width: info.width, height: info.height, pixels: data, exifOrientation: applyOrientation ? 1 : orientation };
}

function refuse(cause: unknown): never {
  throw new Error(`found bytes that cannot be decoded (${messageOf(cause)}), expected a whole image`, { cause });
}
