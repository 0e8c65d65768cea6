const CHANNELS = 3;

/** For each output position, which input positions it covers, and what part of it each of them fills. */
interface Coverage {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** `stride` for each output position, of which its first `count` are used. */
  readonly weights: Float64Array;
  readonly stride: number;
}

/**
 * Resizes an image of three interleaved channels so that each output pixel is the mean of the area it covers in the
 * input, whether smaller or larger: what OpenCV calls INTER_AREA.
 *
 * @returns `outWidth` x `outHeight` x 3 values, row by row, not rounded
 */
export function resizeArea(
  pixels: Uint8Array,
  width: number,
  height: number,
  outWidth: number,
  outHeight: number,
): Float32Array {
  const narrowed = resizeRows(pixels, width, height, outWidth);
  const { starts, counts, weights, stride } = coverage(height, outHeight);
  const rowLength = outWidth * CHANNELS;
  const output = new Float32Array(outHeight * rowLength);
  for (let y = 0; y < outHeight; y++) {
    const count = counts[y] ?? 0;
    for (let k = 0; k < count; k++) {
      const weight = weights[y * stride + k] ?? 0;
      const source = ((starts[y] ?? 0) + k) * rowLength;
      const target = y * rowLength;
      for (let i = 0; i < rowLength; i++) {
        output[target + i] = (output[target + i] ?? 0) + weight * (narrowed[source + i] ?? 0);
      }
    }
  }
  return output;
}

/** Each row brought to `outWidth` pixels. */
function resizeRows(pixels: Uint8Array, width: number, height: number, outWidth: number): Float32Array {
  const { starts, counts, weights, stride } = coverage(width, outWidth);
  const output = new Float32Array(height * outWidth * CHANNELS);
  let target = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < outWidth; x++) {
      const count = counts[x] ?? 0;
      let source = (y * width + (starts[x] ?? 0)) * CHANNELS;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let k = 0; k < count; k++) {
        const weight = weights[x * stride + k] ?? 0;
        red += weight * (pixels[source] ?? 0);
        green += weight * (pixels[source + 1] ?? 0);
        blue += weight * (pixels[source + 2] ?? 0);
        source += CHANNELS;
      }
      output[target] = red;
      output[target + 1] = green;
      output[target + 2] = blue;
      target += CHANNELS;
    }
  }
  return output;
}

function coverage(length: number, outLength: number): Coverage {
  const scale = length / outLength;
  const stride = Math.ceil(scale) + 2;
  const starts = new Int32Array(outLength);
  const counts = new Int32Array(outLength);
  const weights = new Float64Array(outLength * stride);
  for (let index = 0; index < outLength; index++) {
    const from = index * scale;
    const to = Math.min((index + 1) * scale, length);
    const start = Math.min(Math.floor(from), length - 1);
    const end = Math.max(start + 1, Math.min(Math.ceil(to), length));
    starts[index] = start;
    counts[index] = end - start;
    for (let position = start; position < end; position++) {
      const overlap = Math.max(0, Math.min(to, position + 1) - Math.max(from, position));
      weights[index * stride + position - start] = overlap / (to - from);
    }
  }
  return { starts, counts, weights, stride };
}
