import { type NetworkShape, type PairInputs, pairValuesOf } from '../base/pairLayout.js';
import { randomImages } from './randomImages.js';

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
