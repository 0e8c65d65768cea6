import { LoadGenError } from '../../base/errors.js';
import type { ActivationRanges } from './activationRanges.js';
import type { OnnxGraph } from './onnxGraph.js';

interface Quantization {
  readonly scale: number;
  readonly zeroPoint: number;
}

const UINT8_STEPS = 255;
const INT8_MAX = 127;

/**
 * Rounds values of a graph to 8 bits, each by a pair of nodes, QuantizeLinear and DequantizeLinear: a runtime computes
 * what stands between two such pairs in whole numbers. Activations become uint8, which was several times faster in ONNX
 * Runtime 1.30 than int8 was; weights int8, with a scale for each output; biases int32, as they are added to sums of
 * products.
 *
 * x64 processors without VNNI multiply by `vpmaddubsw`, which adds the products of two neighbouring input channels in 16
 * bits and saturates. So the weights of two neighbours add up to -128 to 128: with any activations, 255 * 128 < 2^15.
 */
export class OnnxQuantizer {
  readonly #graph: OnnxGraph;
  readonly #ranges: ActivationRanges;

  constructor(graph: OnnxGraph, ranges: ActivationRanges) {
    this.#graph = graph;
    this.#ranges = ranges;
  }

  /** `value`, rounded to the steps of the range called `rangeName`. */
  activation(value: string, rangeName: string): string {
    const { scale, zeroPoint } = this.#quantization(rangeName);
    const parameters = [
      this.#graph.constant(`${value}/scale`, [], Float32Array.of(scale)),
      this.#graph.constant(`${value}/zeroPoint`, [], Uint8Array.of(zeroPoint)),
    ];
    const quantized = this.#graph.node('QuantizeLinear', [value, ...parameters], `${value}/quantized`);
    return this.#graph.node('DequantizeLinear', [quantized, ...parameters], `${value}/rounded`);
  }

  /** The weights and the bias of a layer; `shape` begins with the layer's outputs. */
  weightsAndBias(layer: string, shape: readonly [number, ...number[]], inputRangeName: string): [string, string] {
    const [outputs] = shape;
    const weights = this.#graph.weights(`${layer}.weight`);
    const scales = scalesOf(weights, shape);
    const perOutput = weights.length / outputs;
    const quantized = new Int8Array(weights.length);
    for (let i = 0; i < weights.length; i++) {
      quantized[i] = Math.round((weights[i] ?? 0) / (scales[Math.floor(i / perOutput)] ?? 1));
    }
    const { scale } = this.#quantization(inputRangeName);
    const biasScales = scales.map((weightScale) => weightScale * scale);
    const bias = this.#graph.weights(`${layer}.bias`);
    const quantizedBias = Int32Array.from(bias, (value, output) => Math.round(value / (biasScales[output] ?? 1)));
    return [
      this.#dequantized(`${layer}.weight`, shape, quantized, scales),
      this.#dequantized(`${layer}.bias`, [outputs], quantizedBias, biasScales),
    ];
  }

  #dequantized(
    name: string,
    shape: readonly number[],
    values: Int8Array | Int32Array,
    scales: Float32Array<ArrayBuffer>,
  ): string {
    const zeroPoints = values instanceof Int8Array ? new Int8Array(scales.length) : new Int32Array(scales.length);
    const inputs = [
      this.#graph.constant(name, shape, values),
      this.#graph.constant(`${name}/scale`, [scales.length], scales),
      this.#graph.constant(`${name}/zeroPoint`, [scales.length], zeroPoints),
    ];
    return this.#graph.node('DequantizeLinear', inputs, `${name}/rounded`, { axis: 0 });
  }

  #quantization(rangeName: string): Quantization {
    const range = this.#ranges.get(rangeName);
    if (range === undefined) throw new LoadGenError('MODEL_RANGES', `there is no activation range for ${rangeName}`);
    const [low, high] = range;
    const scale = (high - low) / UINT8_STEPS;
    return { scale, zeroPoint: Math.round(-low / scale) };
  }
}

/**
 * For each output the step that brings its largest value, or the largest sum of two neighbouring input channels' values
 * at one place of the kernel, to 127. Rounded, such a sum is at most 128.
 */
function scalesOf(weights: Float32Array, shape: readonly [number, ...number[]]): Float32Array<ArrayBuffer> {
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
    return largest === 0 ? 1 : largest / INT8_MAX;
  });
}
