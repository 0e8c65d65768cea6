import type { GraphTensor } from '../../tflite/writeTflite.js';
import type { ActivationRanges } from './activationRanges.js';
import { LARGEST_WEIGHT, roundBias, roundWeights, uint8QuantizationOf, weightScalesOf } from './quantization.js';
import { type Activation, channelsLast, type TfliteGraph } from './tfliteGraph.js';
import { sizeAfter, TfliteLayers } from './tfliteLayers.js';
import type { LayerOf } from './walkNetwork.js';

/** int8 numbers are 128 less than uint8 ones. */
const INT8_OFFSET = 128;

/** Inputs of a convolution, and what it computes. */
interface Int8Convolution {
  readonly layer: string;
  /** Outputs, input channels, height and width of the kernel. */
  readonly shape: readonly [number, number, number, number];
  /** Of the layer's weights, for each output. */
  readonly scales: Float32Array<ArrayBuffer>;
  readonly padding: 'SAME' | 'VALID';
  readonly stride: number;
  readonly size: Pick<Activation, 'height' | 'width' | 'channels'>;
}

/**
 * Convolutions and the fully connected layer in 8 bits, by the same numbers as in ONNX (`emitOnnx`): with their input and
 * their output rounded. PReLU, the sums of residual blocks and the first convolution stay float32.
 */
export class Int8TfliteLayers extends TfliteLayers {
  readonly #ranges: ActivationRanges;
  readonly #networkInput: Activation;

  constructor(graph: TfliteGraph, ranges: ActivationRanges, networkInput: Activation) {
    super(graph);
    this.#ranges = ranges;
    this.#networkInput = networkInput;
  }

  override convolution(layer: LayerOf<'convolution'>, input: Activation): Activation {
    if (input === this.#networkInput) return super.convolution(layer, input);
    const { name, inputChannels, outputChannels, stride } = layer;
    const rounded = this.#quantized(input);
    const shape = [outputChannels, inputChannels, 3, 3] as const;
    return this.#dequantized(
      this.#convolution(stride === 1 ? rounded : this.graph.padded(rounded, `${name}/padded`), {
        layer: name,
        shape,
        scales: this.#scalesOf(layer, shape),
        padding: stride === 1 ? 'SAME' : 'VALID',
        stride,
        size: sizeAfter(input, stride, outputChannels),
      }),
    );
  }

  /**
   * A convolution whose kernel is the whole image: TFLite 2.9 answers wrongly where a fully connected layer has a scale for
   * each output.
   */
  override fullyConnected(layer: LayerOf<'fullyConnected'>, input: Activation): Activation {
    const { name, channels, height, width, outputs } = layer;
    const { graph } = this;
    const column = this.#dequantized(
      this.#convolution(this.#quantized(input), {
        layer: name,
        shape: [outputs, channels, height, width],
        scales: this.#scalesOf(layer, [outputs, channels * height * width]),
        padding: 'VALID',
        stride: 1,
        size: { height: 1, width: 1, channels: outputs },
      }),
      `${name}/column`,
    );
    const shape = graph.add({ name: `${name}/shape`, shape: [2], values: Int32Array.of(-1, outputs) });
    const output = graph.embeddings(name, outputs);
    graph.operators.push({ type: 'RESHAPE', inputs: [column.tensor, shape], outputs: [output.tensor] });
    return output;
  }

  #convolution(input: Activation, { layer, shape, scales, padding, stride, size }: Int8Convolution): Activation {
    const { graph } = this;
    const [outputs, channels, height, width] = shape;
    const weights = graph.weights(`${layer}.weight`);
    const filter = graph.add({
      name: `${layer}.weight`,
      shape: [outputs, height, width, channels],
      values: roundWeights(channelsLast(weights, outputs, channels, height * width), scales),
      quantization: { scales, zeroPoint: 0 },
    });
    const { scale } = uint8QuantizationOf(this.#ranges, input.layer);
    const biasScales = scales.map((weightScale) => weightScale * scale);
    const bias = graph.add({
      name: `${layer}.bias`,
      shape: [outputs],
      values: roundBias(graph.weights(`${layer}.bias`), biasScales),
      quantization: { scales: biasScales, zeroPoint: 0 },
    });
    const output = graph.image(`${layer}/rounded`, size, { layer, quantization: this.#quantizationOf(layer) });
    graph.operators.push({
      type: 'CONV_2D',
      version: 3,
      padding,
      stride,
      inputs: [input.tensor, filter, bias],
      outputs: [output.tensor],
    });
    return output;
  }

  #quantized(input: Activation): Activation {
    const { layer } = input;
    const output = this.graph.image(`${layer}/quantized`, input, { layer, quantization: this.#quantizationOf(layer) });
    this.graph.operators.push({ type: 'QUANTIZE', inputs: [input.tensor], outputs: [output.tensor] });
    return output;
  }

  #dequantized(input: Activation, name = input.layer): Activation {
    const output = this.graph.image(name, input, { layer: input.layer });
    this.graph.operators.push({ type: 'DEQUANTIZE', version: 2, inputs: [input.tensor], outputs: [output.tensor] });
    return output;
  }

  #scalesOf(
    { type, name }: LayerOf<'convolution' | 'fullyConnected'>,
    shape: readonly [number, ...number[]],
  ): Float32Array<ArrayBuffer> {
    return weightScalesOf(this.graph.weights(`${name}.weight`), shape, LARGEST_WEIGHT[type]);
  }

  #quantizationOf(layer: string): GraphTensor['quantization'] {
    const { scale, zeroPoint } = uint8QuantizationOf(this.#ranges, layer);
    return { scales: Float32Array.of(scale), zeroPoint: zeroPoint - INT8_OFFSET };
  }
}
