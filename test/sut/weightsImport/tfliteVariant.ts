import type { GraphOperator, GraphTensor, TfliteGraph } from '../../../tflite/writeTflite.js';
import { SMALL_NETWORK, SMALL_WEIGHTS } from './smallNetwork.js';

export interface TfliteVariantOptions {
  /** Weights in float16, each with a DEQUANTIZE. */
  readonly float16?: boolean;
  /** PReLU as relu(x) + c * relu(-x). */
  readonly preluOfRelus?: boolean;
  /** PAD before every convolution, not only before those of stride 2. */
  readonly padAlways?: boolean;
  /** SAME where the stride is 2, as a careless conversion has it. */
  readonly samePadding?: boolean;
  readonly flatten?: 'reshape' | 'transpose';
  readonly withoutBias?: string;
}

type OperatorType = GraphOperator['type'];

/** The small network as a TFLite graph, in the ways that converters write such networks. */
export function tfliteVariant(options: TfliteVariantOptions = {}): TfliteGraph {
  const graph = new VariantBuilder(options);
  const outputs = new Map<string, number>();
  let last = 0;
  for (const layer of SMALL_NETWORK) {
    if (layer.type === 'convolution') last = graph.convolution(layer.name, layer.inputChannels, layer.stride, last);
    if (layer.type === 'prelu') last = graph.prelu(layer.name, last);
    if (layer.type === 'add') last = graph.operator({ type: 'ADD' }, [last, outputs.get(layer.to) ?? -1]);
    if (layer.type === 'fullyConnected') last = graph.fullyConnected(last);
    outputs.set(layer.name, last);
  }
  return { description: 'test', tensors: graph.tensors, operators: graph.operators, inputs: [0], outputs: [last] };
}

class VariantBuilder {
  readonly tensors: GraphTensor[] = [{ name: 'input', shape: [1, 112, 96, 3] }];
  readonly operators: GraphOperator[] = [];
  readonly #options: TfliteVariantOptions;

  constructor(options: TfliteVariantOptions) {
    this.#options = options;
  }

  /** Its output. Shapes of computed tensors are of no interest to the reader. */
  operator(
    kind: { type: Exclude<OperatorType, 'CONV_2D'> } | { type: 'CONV_2D'; padding: 'SAME' | 'VALID'; stride: number },
    inputs: number[],
  ): number {
    const output = this.tensors.push({ name: kind.type, shape: [1] }) - 1;
    this.operators.push({ ...kind, inputs, outputs: [output] });
    return output;
  }

  convolution(name: string, inputChannels: number, stride: 1 | 2, input: number): number {
    const { padAlways = false, samePadding = false } = this.#options;
    const padded = padAlways || (stride === 2 && !samePadding);
    const paddings = padded ? this.#constant(Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0), [4, 2]) : -1;
    const source = padded ? this.operator({ type: 'PAD' }, [input, paddings]) : input;
    const weights = this.#floats(channelsLast(weightsOf(`${name}.weight`), inputChannels, 9), [2, 3, 3, inputChannels]);
    return this.operator({ type: 'CONV_2D', padding: padded ? 'VALID' : 'SAME', stride }, [
      source,
      weights,
      ...this.#bias(name),
    ]);
  }

  prelu(name: string, input: number): number {
    const slopes = weightsOf(`${name}.weight`);
    if (!this.#options.preluOfRelus) return this.operator({ type: 'PRELU' }, [input, this.#floats(slopes, [1, 1, 2])]);
    const positive = this.operator({ type: 'RELU' }, [input]);
    const negative = this.operator({ type: 'RELU' }, [this.operator({ type: 'NEG' }, [input])]);
    const factor = this.#floats(
      slopes.map((slope) => -slope),
      [2],
    );
    return this.operator({ type: 'ADD' }, [positive, this.operator({ type: 'MUL' }, [negative, factor])]);
  }

  fullyConnected(input: number): number {
    const { flatten } = this.#options;
    const weights = weightsOf('fc5.weight');
    const arranged = flatten === 'transpose' ? weights : channelsLast(weights, 2, 42);
    const order = flatten === 'transpose' ? this.#constant(Int32Array.of(0, 3, 1, 2), [4]) : -1;
    const ordered = flatten === 'transpose' ? this.operator({ type: 'TRANSPOSE' }, [input, order]) : input;
    const shape = flatten === undefined ? -1 : this.#constant(Int32Array.of(-1, 84), [2]);
    const flat = flatten === undefined ? ordered : this.operator({ type: 'RESHAPE' }, [ordered, shape]);
    return this.operator({ type: 'FULLY_CONNECTED' }, [flat, this.#floats(arranged, [3, 84]), ...this.#bias('fc5')]);
  }

  #bias(layer: string): number[] {
    if (this.#options.withoutBias === layer) return [];
    const bias = weightsOf(`${layer}.bias`);
    return [this.#floats(bias, [bias.length])];
  }

  #floats(values: Float32Array, shape: readonly number[]): number {
    if (!this.#options.float16) return this.#constant(values, shape);
    return this.operator({ type: 'DEQUANTIZE' }, [this.#constant(Uint16Array.from(values, float16Bits), shape)]);
  }

  #constant(values: Float32Array | Int32Array | Uint16Array, shape: readonly number[]): number {
    return this.tensors.push({ name: 'constant', shape, values }) - 1;
  }
}

function weightsOf(name: string): Float32Array {
  return SMALL_WEIGHTS.get(name) ?? new Float32Array();
}

/** From (rows, channels, area) to (rows, area, channels). */
function channelsLast(values: Float32Array, channels: number, area: number): Float32Array {
  return Float32Array.from(values, (_, i) => {
    const channel = i % channels;
    const position = Math.floor(i / channels) % area;
    const row = Math.floor(i / channels / area);
    return values[(row * channels + channel) * area + position] ?? 0;
  });
}

/** Of a number that float16 holds exactly and that is no subnormal one there. */
export function float16Bits(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = Math.abs(value) / 2 ** exponent - 1;
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | (fraction * 1024);
}
