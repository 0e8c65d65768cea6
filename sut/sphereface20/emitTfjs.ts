import { LoadGenError } from '../../base/errors.js';
import type { ModelFiles } from '../engine.js';
import * as node from '../tfjs/graphNodes.js';
import { float32Bytes, int32Bytes, type Weight, writeGraphModel } from '../tfjs/writeGraphModel.js';
import { INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH, type Layer } from './network.js';
import type { Weights } from './readWeights.js';

type LayerOf<Type extends Layer['type']> = Extract<Layer, { type: Type }>;

const INPUT = 'input';
const OUTPUT = 'embedding';
const PADDINGS = 'paddings';
/** One row or column of zeros on every side of images: before and after, for each dimension. */
const PADDINGS_OF_IMAGES = [0, 0, 1, 1, 1, 1, 0, 0];

/**
 * A network as a TensorFlow.js graph model: `model.json`, then the file with its weights. Inputs are any number of
 * images x 112 x 96 x 3, float32.
 *
 * Two things differ between PyTorch and TensorFlow. PyTorch pads a convolution of stride 2 before and after,
 * TensorFlow's SAME only after where the size is even: so an explicit Pad and a VALID convolution. And PyTorch lays
 * weights out as output, input, height, width, TensorFlow as height, width, input, output.
 */
export function emitTfjs(network: readonly Layer[], weights: Weights): ModelFiles {
  const graph = new GraphBuilder(weights);
  graph.nodes.push(node.placeholder(INPUT, [-1, INPUT_HEIGHT, INPUT_WIDTH, INPUT_CHANNELS]));
  let last = INPUT;
  let outputValues = 0;
  for (const layer of network) {
    addLayer(graph, layer, last);
    last = layer.name;
    if (layer.type === 'fullyConnected') outputValues = layer.outputs;
  }
  graph.nodes.push(node.identity(OUTPUT, last));
  return writeGraphModel({
    nodes: graph.nodes,
    weights: graph.weights,
    input: { name: INPUT, shape: [-1, INPUT_HEIGHT, INPUT_WIDTH, INPUT_CHANNELS] },
    output: { name: OUTPUT, shape: [-1, outputValues] },
  });
}

class GraphBuilder {
  readonly nodes: node.GraphNode[] = [];
  readonly weights: Weight[] = [];
  readonly #values: Weights;

  constructor(values: Weights) {
    this.#values = values;
  }

  /** A constant with the weights of this name; gives the name. */
  weight(name: string, shape: readonly number[], arrange = (values: Float32Array) => values): string {
    const values = this.#values.get(name);
    if (values === undefined) throw new LoadGenError('MODEL_WEIGHTS', `the weights have no tensor ${name}`);
    this.#addConstant({ name, shape, dtype: 'float32', bytes: float32Bytes(arrange(values)) });
    return name;
  }

  /** A constant of whole numbers; gives its name. */
  integers(name: string, shape: readonly number[], values: readonly number[]): string {
    this.#addConstant({ name, shape, dtype: 'int32', bytes: int32Bytes(values) });
    return name;
  }

  #addConstant(weight: Weight): void {
    this.weights.push(weight);
    this.nodes.push(node.constant(weight.name, weight.dtype, weight.shape));
  }
}

function addLayer(graph: GraphBuilder, layer: Layer, input: string): void {
  switch (layer.type) {
    case 'convolution':
      addConvolution(graph, layer, input);
      break;
    case 'prelu':
      graph.nodes.push(node.prelu(layer.name, input, graph.weight(`${layer.name}.weight`, [layer.channels])));
      break;
    case 'add':
      graph.nodes.push(node.sum(layer.name, layer.to, input));
      break;
    case 'fullyConnected':
      addFullyConnected(graph, layer, input);
      break;
    default:
      layer satisfies never;
  }
}

function addConvolution(graph: GraphBuilder, layer: LayerOf<'convolution'>, input: string): void {
  const { name, inputChannels, outputChannels, stride } = layer;
  const filter = graph.weight(`${name}.weight`, [3, 3, inputChannels, outputChannels], (values) =>
    outputsLast(values, outputChannels, inputChannels),
  );
  const bias = graph.weight(`${name}.bias`, [outputChannels]);
  if (stride === 1) {
    graph.nodes.push(node.convolution(name, input, { filter, bias, stride, padding: 'SAME' }));
    return;
  }
  if (!graph.weights.some((weight) => weight.name === PADDINGS)) graph.integers(PADDINGS, [4, 2], PADDINGS_OF_IMAGES);
  const padded = `${name}/padded`;
  graph.nodes.push(
    node.pad(padded, input, PADDINGS),
    node.convolution(name, padded, { filter, bias, stride, padding: 'VALID' }),
  );
}

function addFullyConnected(graph: GraphBuilder, layer: LayerOf<'fullyConnected'>, input: string): void {
  const { name, channels, height, width, outputs } = layer;
  const inputs = channels * height * width;
  const matrix = graph.weight(`${name}.weight`, [inputs, outputs], (values) => outputsLast(values, outputs, channels));
  const bias = graph.weight(`${name}.bias`, [outputs]);
  const flat = `${name}/flat`;
  const shape = graph.integers(`${flat}/shape`, [2], [-1, inputs]);
  graph.nodes.push(node.reshape(flat, input, shape), node.matrixProduct(name, flat, matrix, bias));
}

/** From (outputs, inputs, positions) to (positions, inputs, outputs). */
function outputsLast(values: Float32Array, outputs: number, inputs: number): Float32Array {
  const positions = values.length / (outputs * inputs);
  const arranged = new Float32Array(values.length);
  let source = 0;
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      for (let position = 0; position < positions; position++) {
        arranged[(position * inputs + input) * outputs + output] = values[source++] ?? 0;
      }
    }
  }
  return arranged;
}
