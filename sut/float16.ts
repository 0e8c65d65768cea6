let table: Float32Array | undefined;

/** Fills `values` with those of IEEE 754 half-precision numbers, given as their bits: exact. */
export function decodeFloat16(halves: Uint16Array, values: Float32Array): void {
  table ??= allValues();
  for (let i = 0; i < halves.length; i++) values[i] = table[halves[i] ?? 0] ?? 0;
}

/** Fills `halves` with the bits of the nearest half-precision numbers; of two that are as near, the even one. */
export function encodeFloat16(values: Float32Array, halves: Uint16Array): void {
  for (let i = 0; i < values.length; i++) halves[i] = nearestHalf(values[i] ?? 0);
}

/** The value of each of the 65,536 bit patterns: a look-up is several times faster than the arithmetic. */
function allValues(): Float32Array {
  return Float32Array.from({ length: 2 ** 16 }, (_, bits) => {
    const sign = bits >> 15 === 0 ? 1 : -1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);
const INFINITE = 0x7c00;
const NOT_A_NUMBER = 0x7e00;
const SMALLEST_NORMAL = 2 ** -14;
/** Of the float32 0.5. */
const BITS_OF_HALF = 0x3f00_0000;
const DROPPED_BITS = 13;
/** 127 - 15, in the place of the exponent. */
const EXPONENT_DIFFERENCE = 112 << 23;

function nearestHalf(value: number): number {
  single[0] = value;
  const sign = ((singleBits[0] ?? 0) >>> 16) & 0x8000;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return NOT_A_NUMBER;
  if (size >= 2 ** 16) return sign | INFINITE;
  if (size < SMALLEST_NORMAL) {
    // A float32 from 0.5 on has steps of 2^-24, which are those of the small halves: storing it rounds.
    single[0] = 0.5 + size;
    return sign | ((singleBits[0] ?? 0) - BITS_OF_HALF);
  }
  const bits = (singleBits[0] ?? 0) & 0x7fff_ffff;
  const isOdd = (bits >>> DROPPED_BITS) & 1;
  return sign | ((bits - EXPONENT_DIFFERENCE + ((1 << (DROPPED_BITS - 1)) - 1) + isOdd) >>> DROPPED_BITS);
}
