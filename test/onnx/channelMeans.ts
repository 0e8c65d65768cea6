/** A small model with the inputs and outputs of Sphereface-20. */
import { writeOnnx } from '../../onnx/writeOnnx.js';
import { EMBEDDING_VALUES } from '../../sut/networks/sphereface20.js';

/** 0, 1 and 2 for B, G and R. */
export const WEIGHTS = Float32Array.from({ length: 3 * EMBEDDING_VALUES }, (_, index) =>
  Math.floor(index / EMBEDDING_VALUES),
);

/** The mean of each channel, times a weight. */
export function channelMeans(layout: 'NHWC' | 'NCHW', weights: Float32Array): Uint8Array {
  return writeOnnx({
    name: 'means',
    description: '',
    inputs: [{ name: 'x', shape: layout === 'NHWC' ? ['n', 112, 96, 3] : ['n', 3, 112, 96] }],
    outputs: [{ name: 'y', shape: ['n', EMBEDDING_VALUES] }],
    constants: [{ name: 'weights', shape: [3, EMBEDDING_VALUES], values: weights }],
    nodes: [
      {
        type: 'ReduceMean',
        inputs: ['x'],
        output: 'mean',
        attributes: { axes: layout === 'NHWC' ? [1, 2] : [2, 3], keepdims: 0 },
      },
      { type: 'MatMul', inputs: ['mean', 'weights'], output: 'y' },
    ],
  });
}
