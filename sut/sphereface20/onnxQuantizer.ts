import type { ActivationRanges } from './activationRanges.js';
import type { OnnxGraph } from './onnxGraph.js';
import { LARGEST_WEIGHT, roundBias, roundWeights, uint8QuantizationOf, weightScalesOf } from './quantization.js';
import type { LayerOf } from './walkNetwork.js';

/**
 * Rounds values of a graph to 8 bits, each by a pair of nodes, QuantizeLinear and DequantizeLinear: a runtime computes
 * what stands between two such pairs in whole numbers. Activations become uint8, which was several times faster in ONNX
 * Runtime 1.30 than int8 was; weights int8, with a scale for each output; biases int32, as they are added to sums of
 * products.
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
    const { scale, zeroPoint } = uint8QuantizationOf(this.#ranges, rangeName);
    const parameters = [
      this.#graph.constant(`${value}/scale`, [], Float32Array.of(scale)),
      this.#graph.constant(`${value}/zeroPoint`, [], Uint8Array.of(zeroPoint)),
    ];
    const quantized = this.#graph.node('QuantizeLinear', [value, ...parameters], `${value}/quantized`);
    return this.#graph.node('DequantizeLinear', [quantized, ...parameters], `${value}/rounded`);
  }

  /** The weights and the bias of a layer; `shape` begins with the layer's outputs. */
  weightsAndBias(
    { type, name: layer }: LayerOf<'convolution' | 'fullyConnected'>,
    shape: readonly [number, ...number[]],
    inputRangeName: string,
  ): [string, string] {
    const weights = this.#graph.weights(`${layer}.weight`);
    const scales = weightScalesOf(weights, shape, LARGEST_WEIGHT[type]);
    const { scale } = uint8QuantizationOf(this.#ranges, inputRangeName);
    const biasScales = scales.map((weightScale) => weightScale * scale);
    const bias = roundBias(this.#graph.weights(`${layer}.bias`), biasScales);
    return [
      this.#dequantized(`${layer}.weight`, shape, roundWeights(weights, scales), scales),
      this.#dequantized(`${layer}.bias`, [bias.length], bias, biasScales),
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
}
