import { inputValuesOf } from '../base/pairLayout.js';
import type { Engine, EngineModel, EngineOptions } from '../sut/engine.js';
import { randomImages } from './contractInputs.js';

/** What a case is given: an engine of its own, which is closed after it, and images for it. */
export interface EngineTools {
  readonly engine: Engine;
  readonly embeddingValues: number;
  /** Four of them, in shared memory. */
  readonly images: Float32Array;
  /** A view on one image of the four, or on several. */
  imageAt(first: number, count?: number): Float32Array;
  embeddingAt(embeddings: Float32Array, image: number): Float32Array;
  /** The embeddings of images, in memory that held no numbers before. */
  embed(images: Float32Array): Promise<Float32Array>;
}

/** Runs a case with an engine of its own. */
export type WithEngine = (
  action: (tools: EngineTools) => Promise<void>,
  options?: Partial<EngineOptions>,
) => Promise<void>;

export const IMAGE_COUNT = 4;

export function toolsOf(engine: Engine, { network }: EngineModel): EngineTools {
  const imageValues = inputValuesOf(network);
  const { embeddingValues } = network;
  const images = randomImages(IMAGE_COUNT * imageValues);
  return {
    engine,
    embeddingValues,
    images,
    imageAt: (first, count = 1) => images.subarray(first * imageValues, (first + count) * imageValues),
    embeddingAt: (embeddings, image) => embeddings.subarray(image * embeddingValues, (image + 1) * embeddingValues),
    async embed(given) {
      const outputs = new Float32Array((given.length / imageValues) * embeddingValues).fill(Number.NaN);
      await engine.infer(given, outputs);
      return outputs;
    },
  };
}
