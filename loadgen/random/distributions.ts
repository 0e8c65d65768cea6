/**
 * The distributions of libstdc++ (GCC 11 and later), which the official LoadGen draws with. The C++ standard leaves
 * their algorithms open, so "the same decisions" means these algorithms. Checked value by value against recordings.
 */
import { elementAt } from '../../base/arrays.js';
import type { MersenneTwister } from './mersenneTwister.js';
import { naturalLogarithm } from './naturalLogarithm.js';

const TWO_POW_32 = 2 ** 32;
const NS_PER_SECOND = 1e9;
/** `Math.log` is off by one unit in the last place, 2^-52, and the steps after it by less; this is ample. */
const LOGARITHM_ERROR = 2 ** -48;

/**
 * `uniform_int_distribution(0, count - 1)`, for a `count` of 1 to 2^32.
 * Lemire's nearly divisionless method ("Fast Random Integer Generation in an Interval", 2019).
 */
export function uniformInt(random: MersenneTwister, count: number): number {
  if (count === TWO_POW_32) return random.next();
  let product = multiply32(random.next(), count);
  if (product.low < count) {
    const threshold = (TWO_POW_32 - count) % count;
    while (product.low < threshold) product = multiply32(random.next(), count);
  }
  return product.high;
}

/**
 * `std::shuffle`, in place. As long as the square of the length fits into 32 bits, libstdc++ takes two positions out of
 * one random value.
 */
export function shuffle(random: MersenneTwister, values: Uint32Array): void {
  const { length } = values;
  if (length === 0) return;
  if (Math.floor((TWO_POW_32 - 1) / length) < length) {
    for (let i = 1; i < length; i++) swap(values, i, uniformInt(random, i + 1));
    return;
  }
  let i = 1;
  if (length % 2 === 0) swap(values, i++, uniformInt(random, 2));
  while (i < length) {
    const secondRange = i + 2;
    const both = uniformInt(random, (i + 1) * secondRange);
    swap(values, i++, Math.floor(both / secondRange));
    swap(values, i++, both % secondRange);
  }
}

/** `uniform_real_distribution<double>(0, 1)`: two draws make one double, the first the lower half. */
export function uniformReal(random: MersenneTwister): number {
  const low = random.next();
  const value = (low + random.next() * TWO_POW_32) / 2 ** 64;
  return value < 1 ? value : 1 - Number.EPSILON / 2;
}

/**
 * `exponential_distribution<double>(rate)` in seconds, cut off to whole nanoseconds. The exact logarithm is only worked
 * out where `Math.log` leaves open which nanosecond it is: it takes tens of times as long.
 */
export function exponentialNs(random: MersenneTwister, rate: number): number {
  const value = 1 - uniformReal(random);
  const ns = (-Math.log(value) / rate) * NS_PER_SECOND;
  const wholeNs = Math.trunc(ns * (1 + LOGARITHM_ERROR));
  if (wholeNs === Math.trunc(ns * (1 - LOGARITHM_ERROR))) return wholeNs;
  return Math.trunc((-naturalLogarithm(value) / rate) * NS_PER_SECOND);
}

/** The 64-bit product of two 32-bit values, in halves: a double cannot hold it. */
function multiply32(a: number, b: number): { high: number; low: number } {
  const upper = a * (b >>> 16);
  const lower = a * (b & 0xffff);
  const sum = (upper % 0x10000) * 0x10000 + lower;
  return { high: Math.floor(upper / 0x10000) + Math.floor(sum / TWO_POW_32), low: sum % TWO_POW_32 };
}

function swap(values: Uint32Array, i: number, j: number): void {
  const kept = elementAt(values, i);
  values[i] = elementAt(values, j);
  values[j] = kept;
}
