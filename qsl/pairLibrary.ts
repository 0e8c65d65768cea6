import { elementAt } from '../base/arrays.js';
import { LoadGenError } from '../base/errors.js';
import { type NetworkInput, PAIR_IMAGES, type PairInputs } from '../base/pairLayout.js';
import type { QuerySampleLibrary } from '../loadgen/querySampleLibrary.js';
import { faceBytesOf } from './alignment/alignFace.js';
import type { ImagePair } from './datasets/pairList.js';
import { networkInputWriter, type WriteNetworkInput } from './networkInput.js';

/** One sample: a pair with its two aligned faces, each height x width x 3 bytes of its frame, R, G, B. */
export interface FacePair extends ImagePair {
  readonly faceA: Uint8Array;
  readonly faceB: Uint8Array;
}

/** Two aligned faces. */
export type Faces = Pick<FacePair, 'faceA' | 'faceB'>;

export interface PairLibraryOptions<Pair extends Faces, Memory extends ArrayBufferLike> extends NetworkInput {
  readonly name: string;
  readonly pairs: readonly Pair[];
  /** For at most so much memory `performanceSampleCount` is chosen. */
  readonly maxBytes: number;
  allocate(bytes: number): Memory;
}

/** How many of these pairs fit into so much memory. */
export function performanceSampleCountOf(pairCount: number, { frame }: NetworkInput, maxBytes: number): number {
  const pairBytes = PAIR_IMAGES * faceBytesOf(frame) * Float32Array.BYTES_PER_ELEMENT;
  return Math.max(1, Math.min(pairCount, Math.floor(maxBytes / pairBytes)));
}

/**
 * Face pairs as query samples. Loaded samples stand in memory, ready for the network.
 *
 * The memory is taken once, when the library is made, so that workers can be given it before anything is loaded.
 * Unloading makes room in it for other samples.
 */
export class PairLibrary<Pair extends Faces, Memory extends ArrayBufferLike>
  implements QuerySampleLibrary, PairInputs<Memory>
{
  readonly name: string;
  readonly pairs: readonly Pair[];
  readonly totalSampleCount: number;
  readonly performanceSampleCount: number;
  /** float32 values of one sample: the network inputs A, A flipped, B, B flipped. */
  readonly pairValues: number;
  /** Room for `performanceSampleCount` samples of `pairValues` float32 values. */
  readonly shared: Memory;
  readonly #inputValues: number;
  readonly #write: WriteNetworkInput;
  readonly #values: Float32Array;
  readonly #slotOfSample = new Map<number, number>();
  readonly #freeSlots: number[];

  constructor({ name, pairs, maxBytes, allocate, ...input }: PairLibraryOptions<Pair, Memory>) {
    if (pairs.length === 0) throw new LoadGenError('QSL_NO_PAIRS', `found no pair in ${name}, expected one at least`);
    this.name = name;
    this.pairs = pairs;
    this.totalSampleCount = pairs.length;
    this.#inputValues = faceBytesOf(input.frame);
    this.#write = networkInputWriter(input);
    this.pairValues = PAIR_IMAGES * this.#inputValues;
    const pairBytes = this.pairValues * Float32Array.BYTES_PER_ELEMENT;
    this.performanceSampleCount = performanceSampleCountOf(pairs.length, input, maxBytes);
    this.shared = allocate(this.performanceSampleCount * pairBytes);
    this.#values = new Float32Array(this.shared);
    this.#freeSlots = Array.from({ length: this.performanceSampleCount }, (_, slot) => slot).reverse();
  }

  /**
   * Where a loaded sample starts in `shared`, counted in float32 values.
   *
   * @throws LoadGenError `QSL_NOT_LOADED`
   */
  offsetOf(sampleIndex: number): number {
    const slot = this.#slotOfSample.get(sampleIndex);
    if (slot !== undefined) return slot * this.pairValues;
    throw new LoadGenError('QSL_NOT_LOADED', `found sample ${sampleIndex} not loaded, expected it in memory`, {
      hint: 'Ask only for samples that the LoadGen has loaded.',
    });
  }

  /** @throws LoadGenError `QSL_NO_SAMPLE` (no such index), `QSL_NO_ROOM` (more than `performanceSampleCount` at once) */
  loadSamplesToRam(samples: readonly number[]): void {
    for (const sample of samples) this.#load(sample);
  }

  unloadSamplesFromRam(samples: readonly number[]): void {
    for (const sample of samples) {
      const slot = this.#slotOfSample.get(sample);
      if (slot === undefined) continue;
      this.#slotOfSample.delete(sample);
      this.#freeSlots.push(slot);
    }
  }

  #load(sample: number): void {
    if (this.#slotOfSample.has(sample)) return;
    if (!Number.isInteger(sample) || sample < 0 || sample >= this.totalSampleCount) {
      const expected = `a whole number from 0 to ${this.totalSampleCount - 1}`;
      throw new LoadGenError('QSL_NO_SAMPLE', `found sample index ${sample}, expected ${expected}`);
    }
    const slot = this.#freeSlots.pop();
    if (slot === undefined) {
      const message = `found ${this.performanceSampleCount} samples in memory, expected room for sample ${sample}`;
      throw new LoadGenError('QSL_NO_ROOM', message, { hint: 'Unload samples before others are loaded.' });
    }
    const { faceA, faceB } = elementAt(this.pairs, sample);
    const start = slot * this.pairValues;
    this.#write(faceA, this.#values, start, false);
    this.#write(faceA, this.#values, start + this.#inputValues, true);
    this.#write(faceB, this.#values, start + 2 * this.#inputValues, false);
    this.#write(faceB, this.#values, start + 3 * this.#inputValues, true);
    this.#slotOfSample.set(sample, slot);
  }
}
