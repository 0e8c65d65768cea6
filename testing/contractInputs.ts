import type { NetworkShape } from '../sut/engine.js';
import { inputValuesOf, PAIR_IMAGES, type PairInputs } from '../sut/pairInputs.js';
import { randomImages } from './randomImages.js';

export const SAMPLE_COUNT = 3;

/** Three samples, each of four different images. */
export function contractInputs(network: NetworkShape, seed: number): PairInputs {
  const pairValues = PAIR_IMAGES * inputValuesOf(network);
  const images = randomImages(SAMPLE_COUNT * pairValues, seed);
  return {
    shared: images.buffer,
    offsetOf(index) {
      if (index >= SAMPLE_COUNT) throw new RangeError(`sample ${index} is not loaded`);
      return index * pairValues;
    },
  };
}
