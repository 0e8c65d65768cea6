import type { ModelFiles } from '../engine.js';
import { EMBEDDING_VALUES, INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH } from '../networks/sphereface20.js';
import {
  biasAttributes,
  constant,
  convolutionAttributes,
  FLOAT,
  type GraphNode,
  INT32,
  tensorShape,
} from '../tfjs/graphNodes.js';
import { float32Bytes, int32Bytes, type Weight, writeGraphModel } from '../tfjs/writeGraphModel.js';
import type { Layer } from './network.js';
import { tensorOf, type Weights } from './readWeights.js';
import { transpose } from './transpose.js';
import { type LayerHandlers, type LayerOf, walkNetwork } from './walkNetwork.js';

const INPUT = { name: 'input', shape: [-1, INPUT_HEIGHT, INPUT_WIDTH, INPUT_CHANNELS] };
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
  const graph = new TfjsEmitter(weights);
  graph.node(INPUT.name, 'Placeholder', [], { dtype: FLOAT, shape: { shape: tensorShape(INPUT.shape) } });
  graph.node(OUTPUT, 'Identity', [walkNetwork(network, INPUT.name, graph)]);
  return writeGraphModel({
    nodes: graph.nodes,
    weights: graph.weights,
    input: INPUT,
    output: { name: OUTPUT, shape: [-1, EMBEDDING_VALUES] },
  });
}

/** Handlers return the name of the node with the layer's output, which is the layer's name. */
class TfjsEmitter implements LayerHandlers<string> {
  readonly nodes: GraphNode[] = [];
  readonly weights: Weight[] = [];
  readonly #values: Weights;

  constructor(values: Weights) {
    this.#values = values;
  }

  node(name: string, op: string, input: readonly string[], attr: GraphNode['attr'] = { T: FLOAT }): string {
    this.nodes.push({ name, op, input, attr });
    return name;
  }

  convolution({ name, inputChannels, outputChannels, stride }: LayerOf<'convolution'>, input: string): string {
    const filter = this.#weight(`${name}.weight`, [3, 3, inputChannels, outputChannels], (values) =>
      outputsLast(values, outputChannels, inputChannels),
    );
    const bias = this.#weight(`${name}.bias`, [outputChannels]);
    if (stride === 1) {
      return this.node(name, '_FusedConv2D', [input, filter, bias], convolutionAttributes(stride, 'SAME'));
    }
    if (!this.weights.some((weight) => weight.name === PADDINGS)) this.#integers(PADDINGS, [4, 2], PADDINGS_OF_IMAGES);
    const padded = this.node(`${name}/padded`, 'Pad', [input, PADDINGS], { T: FLOAT, Tpaddings: INT32 });
    return this.node(name, '_FusedConv2D', [padded, filter, bias], convolutionAttributes(stride, 'VALID'));
  }

  prelu({ name, channels }: LayerOf<'prelu'>, input: string): string {
    return this.node(name, 'Prelu', [input, this.#weight(`${name}.weight`, [channels])]);
  }

  add({ name }: LayerOf<'add'>, input: string, other: string): string {
    return this.node(name, 'AddV2', [other, input]);
  }

  fullyConnected({ name, channels, height, width, outputs }: LayerOf<'fullyConnected'>, input: string): string {
    const inputs = channels * height * width;
    const matrix = this.#weight(`${name}.weight`, [inputs, outputs], (values) =>
      outputsLast(values, outputs, channels),
    );
    const bias = this.#weight(`${name}.bias`, [outputs]);
    const shape = this.#integers(`${name}/flat/shape`, [2], [-1, inputs]);
    const flat = this.node(`${name}/flat`, 'Reshape', [input, shape], { T: FLOAT, Tshape: INT32 });
    const attributes = { ...biasAttributes(), transpose_a: { b: false }, transpose_b: { b: false } };
    return this.node(name, '_FusedMatMul', [flat, matrix, bias], attributes);
  }

  /** A constant with the weights of this name. */
  #weight(name: string, shape: readonly number[], arrange = (values: Float32Array) => values): string {
    return this.#addConstant({
      name,
      shape,
      dtype: 'float32',
      bytes: float32Bytes(arrange(tensorOf(this.#values, name))),
    });
  }

  #integers(name: string, shape: readonly number[], values: readonly number[]): string {
    return this.#addConstant({ name, shape, dtype: 'int32', bytes: int32Bytes(values) });
  }

  #addConstant(weight: Weight): string {
    this.weights.push(weight);
    this.nodes.push(constant(weight.name, weight.dtype, weight.shape));
    return weight.name;
  }
}

/** From (outputs, inputs, positions) to (positions, inputs, outputs). */
function outputsLast(values: Float32Array, outputs: number, inputs: number): Float32Array {
  return transpose(values, [outputs, inputs, values.length / (outputs * inputs)], [2, 1, 0]);
}
