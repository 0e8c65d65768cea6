import { LoadGenError } from '../../base/errors.js';
import type { ActivationRanges } from './activationRanges.js';

/** A value is `scale` times the difference of an 8-bit number and `zeroPoint`. */
export interface Quantization {
  readonly scale: number;
  readonly zeroPoint: number;
}

const UINT8_STEPS = 255;

/**
 * The largest weight of a layer, as a whole number. The fully connected layer has half of all weights: within 6 bits they
 * take three quarters of the room when compressed, and the embeddings stay as good.
 */
export const LARGEST_WEIGHT = { convolution: 127, fullyConnected: 31 } as const;

/**
 * The uint8 numbers of a layer's output.
 *
 * @throws MODEL_RANGES if there is no range for it
 */
export function uint8QuantizationOf(ranges: ActivationRanges, layer: string): Quantization {
  const range = ranges.get(layer);
  if (range === undefined) throw new LoadGenError('MODEL_RANGES', `there is no activation range for ${layer}`);
  const [low, high] = range;
  const scale = (high - low) / UINT8_STEPS;
  return { scale, zeroPoint: Math.round(-low / scale) };
}

/**
 * For each output of a layer the step of its int8 weights: the one that brings its largest value, or the largest sum of
 * two neighbouring input channels' values at one place of the kernel, to `largestWeight`. Rounded, such a sum is at most
 * one more.
 *
 * x64 processors without VNNI multiply by `vpmaddubsw`, which adds the products of two neighbouring input channels in 16
 * bits and saturates. With such weights and any activations, 255 * 128 < 2^15.
 *
 * @param weights as PyTorch has them
 * @param shape of outputs, input channels, and the kernel, if there is one
 */
export function weightScalesOf(
  weights: Float32Array,
  shape: readonly [number, ...number[]],
  largestWeight: number,
): Float32Array<ArrayBuffer> {
  const [outputs, , ...kernel] = shape;
  const perOutput = weights.length / outputs;
  const kernelValues = kernel.reduce((product, size) => product * size, 1);
  return Float32Array.from({ length: outputs }, (_, output) => {
    const values = weights.subarray(output * perOutput, (output + 1) * perOutput);
    let largest = 0;
    for (let i = 0; i < perOutput; i++) {
      const value = values[i] ?? 0;
      const isFirstOfTwo = Math.floor(i / kernelValues) % 2 === 0;
      const neighbour = isFirstOfTwo ? (values[i + kernelValues] ?? 0) : 0;
      largest = Math.max(largest, Math.abs(value), Math.abs(value + neighbour));
    }
    // An output whose weights are all zero has any scale.
    return largest === 0 ? 1 : largest / largestWeight;
  });
}

/** @param weights output by output, whatever the order of the values of each */
export function roundWeights(weights: Float32Array, scales: Float32Array): Int8Array<ArrayBuffer> {
  const perOutput = weights.length / scales.length;
  const rounded = new Int8Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    rounded[i] = Math.round((weights[i] ?? 0) / (scales[Math.floor(i / perOutput)] ?? 1));
  }
  return rounded;
}

/** @param scales of the sums of products that the bias is added to, output by output */
export function roundBias(bias: Float32Array, scales: Float32Array): Int32Array<ArrayBuffer> {
  return Int32Array.from(bias, (value, output) => Math.round(value / (scales[output] ?? 1)));
}
