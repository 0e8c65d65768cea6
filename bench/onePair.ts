import { imagesAt, PAIR_IMAGES, type PairInputs, pairValuesOf } from '../base/pairLayout.js';
import { SPHEREFACE20_SHAPE } from '../sut/networks/sphereface20.js';

const values = pairValuesOf(SPHEREFACE20_SHAPE);
const shared = new SharedArrayBuffer(values * Float32Array.BYTES_PER_ELEMENT);

/** A library in which every sample is the same pair of grey images. */
export const onePair: PairInputs = { shared, offsetOf: () => 0 };
export const pairImages = imagesAt(shared, 0, PAIR_IMAGES, SPHEREFACE20_SHAPE).fill(0.25);
export const pairFeatures = new Float32Array(PAIR_IMAGES * SPHEREFACE20_SHAPE.embeddingValues);
