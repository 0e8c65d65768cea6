/**
 * The layout of a sample, a pair of faces A and B: four images go into the network, and four embeddings come out, in the
 * order A, A flipped, B, B flipped. An image's embedding and its mirror image's are one feature of the face.
 */

/** What goes into a network and what comes out. All values are float32. */
export interface NetworkShape {
  /** Pixels. */
  readonly inputHeight: number;
  /** Pixels. */
  readonly inputWidth: number;
  readonly inputChannels: number;
  /** Values of one output, the embedding of one image. */
  readonly embeddingValues: number;
}

/** The image that a face is aligned into before a network gets it. */
export interface FaceFrame {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** How many pixels further right than in a frame of 96 x 112 the face lies. */
  readonly templateShiftX: number;
}

/** How a face's bytes v become float32 values: (v - offset) / divisor, the channels of a pixel in this order. */
export interface InputArithmetic {
  readonly channelOrder: 'RGB' | 'BGR';
  readonly offset: number;
  readonly divisor: number;
}

/** What a network takes for a face. */
export interface NetworkInput {
  readonly frame: FaceFrame;
  readonly arithmetic: InputArithmetic;
}

/**
 * Where the network inputs of samples lie in shared memory: for each loaded sample its four images, one after the other,
 * as float32. A sample library provides it; workers read the same memory without a copy. A page that is not isolated from
 * others has no shared memory, and no workers for it.
 */
export interface PairInputs<Memory extends ArrayBufferLike = SharedArrayBuffer> {
  /** The memory of the samples that are loaded now. May be another one after samples are loaded again. */
  readonly shared: Memory;
  /**
   * The place of a sample's first value, counted in float32 values.
   *
   * @throws if the sample is not loaded
   */
  offsetOf(sampleIndex: number): number;
}

/** Images, and so inferences, of a sample. */
export const PAIR_IMAGES = 4;

const PAIR_FACES = 2;

/** float32 values of one image. */
export function inputValuesOf({ inputHeight, inputWidth, inputChannels }: NetworkShape): number {
  return inputHeight * inputWidth * inputChannels;
}

/** float32 values of a sample's four images. */
export function pairValuesOf(network: NetworkShape): number {
  return PAIR_IMAGES * inputValuesOf(network);
}

/** float32 values of a face's feature. */
export function featureValuesOf({ embeddingValues }: NetworkShape): number {
  return (PAIR_IMAGES / PAIR_FACES) * embeddingValues;
}

/** Bytes of a response: the embeddings of the four images, in their order, as little-endian float32. */
export function responseBytesOf(network: NetworkShape): number {
  return pairResponseBytes(featureValuesOf(network));
}

/** Bytes of a response that holds two features of `featureValues` float32 values. */
export function pairResponseBytes(featureValues: number): number {
  return PAIR_FACES * featureValues * Float32Array.BYTES_PER_ELEMENT;
}

/** A view of `count` images in `shared`, from `offset` on, counted in float32 values. Nothing is copied. */
export function imagesAt<Memory extends ArrayBufferLike>(
  shared: Memory,
  offset: number,
  count: number,
  network: NetworkShape,
): Float32Array<Memory> {
  return new Float32Array(shared, offset * Float32Array.BYTES_PER_ELEMENT, count * inputValuesOf(network));
}
