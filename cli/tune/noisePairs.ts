import { type NetworkShape, type PairInputs, pairValuesOf } from '../../base/pairLayout.js';

const PAIR_COUNT = 8;

/** Some pairs of noise between -1 and 1: how long an inference takes does not depend on what is in the images. */
export function noisePairs(network: NetworkShape): PairInputs & { readonly pairCount: number } {
  const pairValues = pairValuesOf(network);
  const shared = new SharedArrayBuffer(PAIR_COUNT * pairValues * Float32Array.BYTES_PER_ELEMENT);
  const values = new Float32Array(shared);
  for (let index = 0; index < values.length; index++) values[index] = 2 * Math.random() - 1;
  return { shared, pairCount: PAIR_COUNT, offsetOf: (sampleIndex) => sampleIndex * pairValues };
}
