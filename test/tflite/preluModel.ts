import { writeTflite } from '../../tflite/writeTflite.js';

/** A TFLite file: negative values of an image of `shape` times its channel's slope. */
export function preluModel(shape: readonly number[], slopes: readonly number[]): Uint8Array {
  return writeTflite({
    description: 'test',
    tensors: [
      { name: 'image', shape },
      { name: 'slopes', shape: [1, 1, slopes.length], values: Float32Array.from(slopes) },
      { name: 'result', shape },
    ],
    operators: [{ type: 'PRELU', inputs: [0, 1], outputs: [2] }],
    inputs: [0],
    outputs: [2],
  });
}
