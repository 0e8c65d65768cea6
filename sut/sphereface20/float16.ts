let table: Float32Array | undefined;

/** The values of IEEE 754 half-precision numbers, given as their bits, as float32: exact. */
export function float16ToFloat32(halves: Uint16Array): Float32Array {
  table ??= allValues();
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = table[halves[i] ?? 0] ?? 0;
  return values;
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
