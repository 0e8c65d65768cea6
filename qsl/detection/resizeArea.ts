import { elementAt } from '../../base/elementAt.js';

const CHANNELS = 3;

/** For each output position the first input position that it covers, and by how much it covers this and the next. */
interface Coverage {
  readonly starts: Int32Array;
  readonly weights: readonly Float64Array[];
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
  const rows = coverage(height, outHeight);
  const rowLength = outWidth * CHANNELS;
  const output = new Float32Array(outHeight * rowLength);
  for (let y = 0; y < outHeight; y++) {
    const target = output.subarray(y * rowLength, (y + 1) * rowLength);
    let row = rows.starts[y] ?? 0;
    for (const weight of elementAt(rows.weights, y)) {
      const source = narrowed.subarray(row * rowLength, (row + 1) * rowLength);
      for (let i = 0; i < rowLength; i++) target[i] = (target[i] ?? 0) + weight * (source[i] ?? 0);
      row++;
    }
  }
  return output;
}

/** Each row brought to `outWidth` pixels. */
function resizeRows(pixels: Uint8Array, width: number, height: number, outWidth: number): Float32Array {
  const columns = coverage(width, outWidth);
  const output = new Float32Array(height * outWidth * CHANNELS);
  for (let x = 0; x < outWidth; x++) {
    const start = columns.starts[x] ?? 0;
    const weights = elementAt(columns.weights, x);
    for (let y = 0; y < height; y++) {
      let [red, green, blue] = [0, 0, 0];
      let source = (y * width + start) * CHANNELS;
      for (const weight of weights) {
        red += weight * (pixels[source] ?? 0);
        green += weight * (pixels[source + 1] ?? 0);
        blue += weight * (pixels[source + 2] ?? 0);
        source += CHANNELS;
      }
      output.set([red, green, blue], (y * outWidth + x) * CHANNELS);
    }
  }
  return output;
}

function coverage(length: number, outLength: number): Coverage {
  const scale = length / outLength;
  const starts = new Int32Array(outLength);
  const weights = Array.from({ length: outLength }, (_, index) => {
    const [from, to] = [index * scale, (index + 1) * scale];
    const first = Math.min(Math.floor(from), length - 1);
    const last = Math.max(first, Math.min(Math.ceil(to), length) - 1);
    starts[index] = first;
    const overlaps = Float64Array.from({ length: last - first + 1 }, (_, k) => {
      return Math.max(0, Math.min(to, first + k + 1) - Math.max(from, first + k));
    });
    const total = overlaps.reduce((sum, overlap) => sum + overlap, 0);
    return overlaps.map((overlap) => overlap / total);
  });
  return { starts, weights };
}
