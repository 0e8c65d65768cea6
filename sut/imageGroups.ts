import { inputValuesOf, type NetworkShape } from '../base/pairLayout.js';

/** A network that was made for a fixed number of images at a time. */
export interface ImageGroup {
  readonly batch: number;
  /** At most `batch` images; where there are fewer, the rest is computed for nothing. */
  run(inputs: Float32Array, outputs: Float32Array): void;
}

/**
 * Runs any number of images through `groups`, which have their largest batch first.
 *
 * @throws RangeError if the lengths are wrong
 */
export function runInGroups(
  groups: readonly [ImageGroup, ...ImageGroup[]],
  network: NetworkShape,
  inputs: Float32Array,
  outputs: Float32Array,
): void {
  const inputValues = inputValuesOf(network);
  const { embeddingValues } = network;
  const images = imageCountOf(network, inputs, outputs);
  const smallest = groups.at(-1) ?? groups[0];
  for (let first = 0; first < images; ) {
    const { batch, run } = groups.find((group) => group.batch <= images - first) ?? smallest;
    const end = Math.min(first + batch, images);
    run(
      inputs.subarray(first * inputValues, end * inputValues),
      outputs.subarray(first * embeddingValues, end * embeddingValues),
    );
    first = end;
  }
}

/**
 * How many images an engine is given.
 *
 * @throws RangeError unless it is a whole number, and the outputs have room
 */
export function imageCountOf(network: NetworkShape, inputs: Float32Array, outputs: Float32Array): number {
  const inputValues = inputValuesOf(network);
  const images = inputs.length / inputValues;
  if (!Number.isInteger(images))
    throw new RangeError(`inputs of ${inputs.length} values, expected a multiple of ${inputValues}`);
  if (outputs.length < images * network.embeddingValues)
    throw new RangeError(`outputs of ${outputs.length} values, expected ${images * network.embeddingValues}`);
  return images;
}
