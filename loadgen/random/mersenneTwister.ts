import { elementAt } from '../../base/arrays.js';

const STATE_SIZE = 624;
const SHIFT_SIZE = 397;

/**
 * `std::mt19937`: the 32-bit Mersenne Twister of Matsumoto and Nishimura (ACM TOMACS 8, 1998), seeded as the C++
 * standard says ([rand.eng.mers]). A 64-bit seed counts modulo 2^32, as on 64-bit Linux.
 */
export class MersenneTwister {
  readonly #state = new Uint32Array(STATE_SIZE);
  #position = STATE_SIZE;

  constructor(seed: bigint | number) {
    let previous = Number(BigInt(seed) & 0xffffffffn);
    this.#state[0] = previous;
    for (let i = 1; i < STATE_SIZE; i++) {
      previous = (Math.imul(previous ^ (previous >>> 30), 1812433253) + i) >>> 0;
      this.#state[i] = previous;
    }
  }

  /** The next value, uniform over 0 to 2^32 - 1. */
  next(): number {
    if (this.#position === STATE_SIZE) this.#renewState();
    let value = elementAt(this.#state, this.#position++);
    value ^= value >>> 11;
    value ^= (value << 7) & 0x9d2c5680;
    value ^= (value << 15) & 0xefc60000;
    return (value ^ (value >>> 18)) >>> 0;
  }

  #renewState(): void {
    const state = this.#state;
    for (let i = 0; i < STATE_SIZE; i++) {
      const mixed = (elementAt(state, i) & 0x80000000) | (elementAt(state, (i + 1) % STATE_SIZE) & 0x7fffffff);
      const shifted = elementAt(state, (i + SHIFT_SIZE) % STATE_SIZE);
      state[i] = shifted ^ (mixed >>> 1) ^ ((mixed & 1) === 0 ? 0 : 0x9908b0df);
    }
    this.#position = 0;
  }
}
