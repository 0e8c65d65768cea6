import { LoadGenError } from '../../base/errors.js';
import { type GraphOperator, type GraphTensor, writeTflite } from '../../tflite/writeTflite.js';
import { INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH, type Layer } from './network.js';
import type { Weights } from './readWeights.js';

/** The image at some point of the network: its tensor and its size. */
interface Activation {
  readonly tensor: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

type LayerOf<Type extends Layer['type']> = Extract<Layer, { type: Type }>;

/**
 * The content of a TFLite file for a network on inputs of `batchSize` x 112 x 96 x 3, float32.
 *
 * Two things differ between PyTorch and TFLite. PyTorch pads a convolution of stride 2 before and after, TFLite's SAME
 * only after where the size is even: so an explicit PAD and a VALID convolution. And PyTorch lays images out as
 * channel, height, width, TFLite as height, width, channel: so all weights that see an image are permuted.
 */
export function emitTflite(network: readonly Layer[], weights: Weights, batchSize: number): Uint8Array {
  const graph = new GraphBuilder(weights, batchSize);
  const input = graph.image('input', INPUT_HEIGHT, INPUT_WIDTH, INPUT_CHANNELS);
  const outputs = new Map<string, Activation>();
  let last = input;
  for (const layer of network) {
    last = addLayer(graph, layer, last, outputs);
    outputs.set(layer.name, last);
  }
  return writeTflite({
    description: 'Sphereface-20: B, G, R, (v - 128) / 127.5',
    tensors: graph.tensors,
    operators: graph.operators,
    inputs: [input.tensor],
    outputs: [last.tensor],
  });
}

class GraphBuilder {
  readonly tensors: GraphTensor[] = [];
  readonly operators: GraphOperator[] = [];
  readonly #weights: Weights;
  readonly #batchSize: number;
  #paddings: number | undefined;

  constructor(weights: Weights, batchSize: number) {
    this.#weights = weights;
    this.#batchSize = batchSize;
  }

  /** A tensor for an image that is fed or computed. */
  image(name: string, height: number, width: number, channels: number): Activation {
    return { tensor: this.#add({ name, shape: [this.#batchSize, height, width, channels] }), height, width, channels };
  }

  /** A tensor for a vector that is computed. */
  vector(name: string, length: number): Activation {
    return { tensor: this.#add({ name, shape: [this.#batchSize, length] }), height: 1, width: 1, channels: length };
  }

  /** A tensor with the weights of this name. */
  weights(name: string, shape: readonly number[], arrange = (values: Float32Array) => values): number {
    const values = this.#weights.get(name);
    if (values === undefined) throw new LoadGenError('MODEL_WEIGHTS', `the weights have no tensor ${name}`);
    return this.#add({ name, shape, values: arrange(values) });
  }

  /** One row or column of zeros on every side of an image. */
  padded(input: Activation, name: string): Activation {
    this.#paddings ??= this.#add({ name: 'paddings', shape: [4, 2], values: Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0) });
    const output = this.image(name, input.height + 2, input.width + 2, input.channels);
    this.operators.push({ type: 'PAD', inputs: [input.tensor, this.#paddings], outputs: [output.tensor] });
    return output;
  }

  #add(tensor: GraphTensor): number {
    return this.tensors.push(tensor) - 1;
  }
}

function addLayer(
  graph: GraphBuilder,
  layer: Layer,
  input: Activation,
  outputs: ReadonlyMap<string, Activation>,
): Activation {
  switch (layer.type) {
    case 'convolution':
      return addConvolution(graph, layer, input);
    case 'prelu':
      return addPrelu(graph, layer, input);
    case 'add':
      return addSum(graph, layer, input, outputs.get(layer.to));
    case 'fullyConnected':
      return addFullyConnected(graph, layer, input);
    default:
      return layer satisfies never;
  }
}

function addConvolution(graph: GraphBuilder, layer: LayerOf<'convolution'>, input: Activation): Activation {
  const { name, inputChannels, outputChannels, stride } = layer;
  const source = stride === 1 ? input : graph.padded(input, `${name}/padded`);
  const filter = graph.weights(`${name}.weight`, [outputChannels, 3, 3, inputChannels], (values) =>
    channelsLast(values, outputChannels, inputChannels, 3 * 3),
  );
  const bias = graph.weights(`${name}.bias`, [outputChannels]);
  const output = graph.image(name, input.height / stride, input.width / stride, outputChannels);
  graph.operators.push({
    type: 'CONV_2D',
    padding: stride === 1 ? 'SAME' : 'VALID',
    stride,
    inputs: [source.tensor, filter, bias],
    outputs: [output.tensor],
  });
  return output;
}

function addPrelu(graph: GraphBuilder, { name, channels }: LayerOf<'prelu'>, input: Activation): Activation {
  const slopes = graph.weights(`${name}.weight`, [1, 1, channels]);
  const output = graph.image(name, input.height, input.width, channels);
  graph.operators.push({ type: 'PRELU', inputs: [input.tensor, slopes], outputs: [output.tensor] });
  return output;
}

function addSum(graph: GraphBuilder, layer: LayerOf<'add'>, input: Activation, other?: Activation): Activation {
  if (other === undefined) throw new RangeError(`layer ${layer.name} adds the output of ${layer.to}, not yet computed`);
  const output = graph.image(layer.name, input.height, input.width, input.channels);
  graph.operators.push({ type: 'ADD', inputs: [other.tensor, input.tensor], outputs: [output.tensor] });
  return output;
}

function addFullyConnected(graph: GraphBuilder, layer: LayerOf<'fullyConnected'>, input: Activation): Activation {
  const { name, channels, outputs } = layer;
  const area = layer.height * layer.width;
  const matrix = graph.weights(`${name}.weight`, [outputs, area * channels], (values) =>
    channelsLast(values, outputs, channels, area),
  );
  const bias = graph.weights(`${name}.bias`, [outputs]);
  const output = graph.vector(name, outputs);
  graph.operators.push({
    type: 'FULLY_CONNECTED',
    inputs: [input.tensor, matrix, bias],
    outputs: [output.tensor],
  });
  return output;
}

/** From (rows, channels, area) to (rows, area, channels). */
function channelsLast(values: Float32Array, rows: number, channels: number, area: number): Float32Array {
  const arranged = new Float32Array(values.length);
  let target = 0;
  for (let row = 0; row < rows; row++) {
    for (let position = 0; position < area; position++) {
      const source = row * channels * area + position;
      for (let channel = 0; channel < channels; channel++) {
        arranged[target++] = values[source + channel * area] ?? 0;
      }
    }
  }
  return arranged;
}
