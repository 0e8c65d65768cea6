import { type PairInputs, pairValuesOf } from '../../base/pairLayout.js';
import { SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';

export const PAIR_INPUT_VALUES = pairValuesOf(SPHEREFACE20_SHAPE);

/** Pairs from a row of images, four images each: sample 0 is images 0 to 3, and so on. */
export function pairInputsOf(images: Float32Array): PairInputs {
  const shared = new SharedArrayBuffer(images.byteLength);
  new Float32Array(shared).set(images);
  const sampleCount = images.length / PAIR_INPUT_VALUES;
  return {
    shared,
    offsetOf(sampleIndex) {
      if (sampleIndex >= sampleCount) throw new Error(`sample ${sampleIndex} is not loaded`);
      return sampleIndex * PAIR_INPUT_VALUES;
    },
  };
}
