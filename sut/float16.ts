import { getFloat16, setFloat16 } from '@petamoriken/float16';

/** Fills `values` with those of IEEE 754 half-precision numbers, given as their bits in the machine's order: exact. */
export function decodeFloat16(halves: Uint16Array, values: Float32Array): void {
  const view = viewOf(halves);
  for (let i = 0; i < halves.length; i++)
    values[i] = getFloat16(view, i * Uint16Array.BYTES_PER_ELEMENT, IS_LITTLE_ENDIAN);
}

/** Fills `halves` with the bits of the nearest half-precision numbers, in the machine's order. */
export function encodeFloat16(values: Float32Array, halves: Uint16Array): void {
  const view = viewOf(halves);
  for (const [i, value] of values.entries())
    setFloat16(view, i * Uint16Array.BYTES_PER_ELEMENT, value, IS_LITTLE_ENDIAN);
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function viewOf({ buffer, byteOffset, byteLength }: Uint16Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
