import { type NetworkShape, type PairInputs, pairValuesOf } from '../base/pairLayout.js';

export const SAMPLE_COUNT = 3;

/** Three samples, each of four different images. */
export function contractInputs(network: NetworkShape, seed: number): PairInputs {
  const pairValues = pairValuesOf(network);
  const images = randomImages(SAMPLE_COUNT * pairValues, seed);
  return {
    shared: images.buffer,
    offsetOf(index) {
      if (index >= SAMPLE_COUNT) throw new RangeError(`sample ${index} is not loaded`);
      return index * pairValues;
    },
  };
}

/** Numbers from -1 to 1 that look random and are always the same: network inputs that no two images share. */
export function randomImages(values: number, seed = 1): Float32Array<SharedArrayBuffer> {
  const images = new Float32Array(new SharedArrayBuffer(values * Float32Array.BYTES_PER_ELEMENT));
  let state = seed;
  for (let i = 0; i < values; i++) {
    // A linear congruential generator with the constants of Numerical Recipes; exact in doubles.
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    images[i] = state / 2 ** 31 - 1;
  }
  return images;
}
