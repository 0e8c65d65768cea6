import { EMBEDDING_VALUES, INPUT_VALUES } from './sphereface20/network.js';

/**
 * Where the network inputs of a sample, a pair of faces A and B, lie in shared memory: 4 x 112 x 96 x 3 float32 in the
 * order A, A flipped, B, B flipped. A sample library provides it; workers read the same memory without a copy.
 */
export interface PairInputs {
  /** The memory of the samples that are loaded now; another one may stand here after samples were loaded anew. */
  readonly shared: SharedArrayBuffer;
  /** The place of a sample's first value, counted in float32 values. Throws if the sample is not loaded. */
  offsetOf(sampleIndex: number): number;
}

/** Images that are run for a sample: A, A flipped, B, B flipped. */
const PAIR_IMAGES = 4;
export const PAIR_INPUT_VALUES = PAIR_IMAGES * INPUT_VALUES;
/** The two features of 1,024 values: the embedding of A and of A flipped, then the same of B. */
export const PAIR_FEATURE_VALUES = PAIR_IMAGES * EMBEDDING_VALUES;
/** Of a response: the features as little-endian float32 */
export const RESPONSE_BYTES = PAIR_FEATURE_VALUES * Float32Array.BYTES_PER_ELEMENT;

/** The inputs of the sample at `offset`: a view, nothing is copied. */
export function pairInputsAt(shared: SharedArrayBuffer, offset: number): Float32Array {
  return new Float32Array(shared, offset * Float32Array.BYTES_PER_ELEMENT, PAIR_INPUT_VALUES);
}
