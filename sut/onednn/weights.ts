import type { Precision } from '../engine.js';
import { createReorder } from './primitive.js';
import { OneDnnSession } from './session.js';
import { allocate, type Descriptor, describe, type Tensor, wrap } from './tensor.js';

/** Weights and bias of a layer, and what they compute with. */
export interface LayerWeights {
  /** In the order output channel, input channel, height, width. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** Of inputs and weights. Sums, biases and results are float32. */
  readonly type: Precision;
  /** What an input's 1 stands for: of int8 the quantization step, else 1. */
  readonly inputScale: number;
  /** What a result's 1 is to stand for. */
  readonly resultScale: number;
}

export interface PreparedWeights {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** What weights are multiplied with when they are rounded, and sums afterwards, of int8; for each output channel. */
  readonly weightFactors?: Float32Array;
  readonly outputScales?: Float32Array;
}

const INT8_LIMIT = 127;

/**
 * Symmetric quantization: each output channel's weights go from -127 to 127. oneDNN adds the bias before it multiplies
 * with the output scales, so it is given in units of the sums.
 */
export function prepareWeights({ weights, bias, type, inputScale, resultScale }: LayerWeights): PreparedWeights {
  if (type !== 'int8') {
    if (resultScale === 1) return { weights, bias };
    return { weights: weights.map((value) => value / resultScale), bias: bias.map((value) => value / resultScale) };
  }
  const valuesPerChannel = weights.length / bias.length;
  const steps = bias.map((_, channel) => {
    const largest = largestMagnitude(weights.subarray(channel * valuesPerChannel, (channel + 1) * valuesPerChannel));
    // A channel without weights gives its bias, at any step.
    return largest === 0 ? 1 : largest / INT8_LIMIT;
  });
  return {
    weights,
    bias: bias.map((value, channel) => value / (inputScale * (steps[channel] ?? 1))),
    weightFactors: steps.map((step) => 1 / step),
    outputScales: steps.map((step) => (step * inputScale) / resultScale),
  };
}

/** Weights in the type and format that a primitive asks for. */
export function packWeights(
  session: OneDnnSession,
  { weights, weightFactors }: PreparedWeights,
  descriptor: Descriptor,
): Tensor {
  const packed = allocate(session, descriptor);
  const temporary = new OneDnnSession(session.library);
  try {
    const plain = wrap(temporary, describe(temporary, descriptor.dimensions, 'fp32', 'channelsFirst'), weights);
    const outputScales = weightFactors === undefined ? undefined : { dimension: 0, factors: weightFactors };
    createReorder(temporary, plain, packed, { outputScales }).execute(0);
    temporary.finish();
  } finally {
    temporary.close();
  }
  return packed;
}

function largestMagnitude(values: Float32Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}
