/**
 * Numbers as C++ streams print them, digit for digit. JavaScript rounds a tie away from zero, C++ to the even digit; a
 * tie is a value that lies exactly between two printable ones, which only a short binary fraction can.
 */

/** As `printf("%.*f")`. */
export function formatFixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  return isTie(value, decimals) ? roundedToEven(value, decimals).toFixed(decimals) : value.toFixed(decimals);
}

/** As `std::ostream << double`: six significant digits, `1e+06` from a million on. */
export function formatGeneral(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const digits = 6;
  const exponent = exponentOf(value, digits);
  const decimals = digits - 1 - exponent;
  const rounded = isTie(value, decimals) ? roundedToEven(value, decimals) : value;
  if (exponent >= -4 && exponent < digits) return withoutTrailingZeros(rounded.toFixed(decimals));
  const [mantissa = '', power = ''] = rounded.toExponential(digits - 1).split('e');
  const sign = power.startsWith('-') ? '-' : '+';
  return `${withoutTrailingZeros(mantissa)}e${sign}${power.replace(/^[+-]/, '').padStart(2, '0')}`;
}

/** The decimal exponent once rounded to so many digits: 999999.7 has 6. */
function exponentOf(value: number, digits: number): number {
  return value === 0 ? 0 : Number(value.toExponential(digits - 1).split('e')[1]);
}

function isTie(value: number, decimals: number): boolean {
  const unit = 10 ** -decimals;
  if (decimals < 0) return Math.abs(value) % unit === unit / 2;
  return Math.abs(value * 2 ** (decimals + 1)) % 2 === 1;
}

function roundedToEven(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  const below = Math.floor(value * scale);
  return (below % 2 === 0 ? below : below + 1) / scale;
}

function withoutTrailingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function nonFinite(value: number): string {
  // The sign that 0 / 0 gets on x86.
  if (Number.isNaN(value)) return '-nan';
  return value > 0 ? 'inf' : '-inf';
}
