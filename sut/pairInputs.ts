import type { NetworkShape } from './engine.js';

/**
 * Where the network inputs of a sample, a pair of faces A and B, lie in shared memory: four images of float32 in the
 * order A, A flipped, B, B flipped. A sample library provides it; workers read the same memory without a copy.
 */
export interface PairInputs {
  /** The memory of the samples that are loaded now; another one may stand here after samples were loaded anew. */
  readonly shared: SharedArrayBuffer;
  /** The place of a sample's first value, counted in float32 values. Throws if the sample is not loaded. */
  offsetOf(sampleIndex: number): number;
}

/** Images that are run for a sample: A, A flipped, B, B flipped. */
export const PAIR_IMAGES = 4;

/** float32 values of an image. */
export function inputValuesOf({ inputHeight, inputWidth, inputChannels }: NetworkShape): number {
  return inputHeight * inputWidth * inputChannels;
}

/** Of a response: the embeddings of the four images, in their order, as little-endian float32. */
export function responseBytesOf({ embeddingValues }: NetworkShape): number {
  return PAIR_IMAGES * embeddingValues * Float32Array.BYTES_PER_ELEMENT;
}

/** `count` images from `offset` on, counted in float32 values: a view, nothing is copied. */
export function imagesAt(shared: SharedArrayBuffer, offset: number, count: number, network: NetworkShape) {
  return new Float32Array(shared, offset * Float32Array.BYTES_PER_ELEMENT, count * inputValuesOf(network));
}
