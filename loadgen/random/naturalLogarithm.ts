const FRACTION_BITS = 140n;
const ONE = 1n << FRACTION_BITS;
const LN_2 = 2n * inverseHyperbolicTangent(ONE / 3n);

/**
 * The natural logarithm of a positive double, rounded to the nearest double. `Math.log` may be off by the last bit, and
 * differs between JavaScript engines; C libraries round this way but for rare cases. Computed in fixed point from
 * ln m = 2 artanh((m - 1) / (m + 1)) (DLMF 4.6.6), m near 1: a few microseconds.
 */
export function naturalLogarithm(value: number): number {
  let mantissa = value;
  let exponent = 0n;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent--;
  }
  while (mantissa >= Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  const fixed = BigInt(mantissa * 2 ** 60) << (FRACTION_BITS - 60n);
  const ratio = ((fixed - ONE) << FRACTION_BITS) / (fixed + ONE);
  return Number(2n * inverseHyperbolicTangent(ratio) + exponent * LN_2) / 2 ** Number(FRACTION_BITS);
}

/** Of a fixed-point number below one half, by its power series (DLMF 4.38.5). */
function inverseHyperbolicTangent(value: bigint): bigint {
  const square = (value * value) >> FRACTION_BITS;
  let power = value;
  let sum = 0n;
  for (let divisor = 1n; power !== 0n && power !== -1n; divisor += 2n) {
    sum += power / divisor;
    power = (power * square) >> FRACTION_BITS;
  }
  return sum;
}
