import type { EngineModel } from '../../../sut/engine.js';
import { type GraphTensor, writeTflite } from '../../../tflite/writeTflite.js';

/** Of the small network. */
export const IMAGE_VALUES = 4;
export const EMBEDDING_VALUES = 2;

/** What the small network makes of images of 2 x 2 x 1 values: the first two rows of `WEIGHTS` times the image. */
export function smallEmbeddings(images: Float32Array): Float32Array {
  return Float32Array.from({ length: images.length / 2 }, (_, i) => {
    const image = Math.floor(i / EMBEDDING_VALUES) * IMAGE_VALUES;
    const row = (i % EMBEDDING_VALUES) * IMAGE_VALUES;
    return [0, 1, 2, 3].reduce((sum, j) => sum + (images[image + j] ?? 0) * (WEIGHTS[row + j] ?? 0), 0);
  });
}

const WEIGHTS = Float32Array.of(1, 2, -3, 4, 0.5, -1, 8, 2);

/** A user's .tflite file: the small network for `batch` images at a time. */
export function smallModel(batch: number): EngineModel {
  return asModel(
    [
      { name: 'image', shape: [batch, 2, 2, 1] },
      { name: 'weights', shape: [EMBEDDING_VALUES, IMAGE_VALUES], values: WEIGHTS },
      { name: 'bias', shape: [EMBEDDING_VALUES], values: new Float32Array(EMBEDDING_VALUES) },
      { name: 'embedding', shape: [batch, EMBEDDING_VALUES] },
    ],
    [{ type: 'FULLY_CONNECTED', inputs: [0, 1, 2], outputs: [3] }],
  );
}

/**
 * The small network for one image at a time, which with another batch gives other shapes: a row of zeros is put below the
 * embedding, and what is then there is seen as one row of four values.
 */
export function modelOfOneImage(): EngineModel {
  return asModel(
    [
      { name: 'image', shape: [1, 2, 2, 1] },
      { name: 'weights', shape: [EMBEDDING_VALUES, IMAGE_VALUES], values: WEIGHTS },
      { name: 'bias', shape: [EMBEDDING_VALUES], values: new Float32Array(EMBEDDING_VALUES) },
      { name: 'alone', shape: [1, EMBEDDING_VALUES] },
      { name: 'padding', shape: [2, 2], values: Int32Array.of(0, 1, 0, 0) },
      { name: 'padded', shape: [2, EMBEDDING_VALUES] },
      { name: 'first two', shape: [2, 4], values: Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0) },
      { name: 'embedding', shape: [1, EMBEDDING_VALUES] },
    ],
    [
      { type: 'FULLY_CONNECTED', inputs: [0, 1, 2], outputs: [3] },
      { type: 'PAD', inputs: [3, 4], outputs: [5] },
      { type: 'FULLY_CONNECTED', inputs: [5, 6, 2], outputs: [7] },
    ],
  );
}

function asModel(
  tensors: readonly GraphTensor[],
  operators: Parameters<typeof writeTflite>[0]['operators'],
): EngineModel {
  const content = writeTflite({ description: 'small', tensors, operators, inputs: [0], outputs: [tensors.length - 1] });
  return {
    name: 'model from small.tflite',
    network: { inputHeight: 2, inputWidth: 2, inputChannels: 1, embeddingValues: EMBEDDING_VALUES },
    format: 'tflite',
    files: [{ name: 'small.tflite', content }],
  };
}
