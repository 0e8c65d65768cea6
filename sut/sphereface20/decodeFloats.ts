import { decodeFloat16 } from '../float16.js';

/** Types of floating-point numbers of which each value is a float32 too, by the names that safetensors gives them. */
export type FloatType = 'F32' | 'F16' | 'BF16';

export const BYTES_PER_FLOAT: Readonly<Record<FloatType, number>> = { F32: 4, F16: 2, BF16: 2 };

/** The values of little-endian numbers as float32, exactly. `bytes` holds whole numbers, and may start anywhere. */
export function decodeFloats(type: FloatType, bytes: Uint8Array): Float32Array {
  // Copied, because typed arrays start at multiples of their element's size only.
  const { buffer } = new Uint8Array(bytes);
  if (type === 'F32') return new Float32Array(buffer);
  const halves = new Uint16Array(buffer);
  if (type === 'F16') {
    const values = new Float32Array(halves.length);
    decodeFloat16(halves, values);
    return values;
  }
  // bfloat16 is the upper half of a float32.
  return new Float32Array(Uint32Array.from(halves, (bits) => bits << 16).buffer);
}
