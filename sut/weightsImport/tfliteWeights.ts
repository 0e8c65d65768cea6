import { type ReadOperator, readTflite } from '../../tflite/readTflite.js';
import { INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH } from '../networks/sphereface20.js';
import type { Layer } from '../sphereface20/network.js';
import type { WeightTensor } from '../sphereface20/readWeights.js';
import { transpose } from '../sphereface20/transpose.js';
import { type LayerHandlers, type LayerOf, walkNetwork } from '../sphereface20/walkNetwork.js';
import { readPrelu } from './prelu.js';
import type { SourceWeights } from './sourceWeights.js';
import { TfliteGraph } from './tfliteGraph.js';

const ONE_ON_EVERY_SIDE = '0,0,1,1,1,1,0,0';
const CHANNELS_TO_FRONT = '0,3,1,2';

/**
 * The weights of a TFLite file whose graph computes exactly `network`: names play no part, the operators do, one after
 * the other. Weights are brought into PyTorch's order, (out, in, height, width).
 *
 * @throws TFLITE_FORMAT if the file is damaged
 * @throws MODEL_IMPORT if it is another network; the message names the operator
 */
export function readTfliteWeights(content: Uint8Array, file: string, network: readonly Layer[]): SourceWeights {
  const graphInFile = readTflite(content, file);
  const graph = new TfliteGraph(graphInFile, file);
  const [input, second] = graphInFile.inputs;
  const found =
    input === undefined || second !== undefined ? 'none or several' : graph.shape(input).slice(1).join(' x ');
  const expected = `${INPUT_HEIGHT} x ${INPUT_WIDTH} x ${INPUT_CHANNELS}`;
  if (input === undefined || found !== expected) throw graph.error(`its inputs are ${found}, expected ${expected}`);
  const collector = new WeightsCollector(graph);
  graph.checkEnd(walkNetwork(network, input, collector));
  return collector;
}

/** Follows the graph. Values are the indices of tensors. */
class WeightsCollector implements SourceWeights, LayerHandlers<number> {
  readonly tensors = new Map<string, WeightTensor>();
  readonly notices: string[] = [];
  readonly #graph: TfliteGraph;

  constructor(graph: TfliteGraph) {
    this.#graph = graph;
  }

  convolution({ name, inputChannels, outputChannels, stride }: LayerOf<'convolution'>, input: number): number {
    const graph = this.#graph;
    let operator = graph.take(input, name, 'PAD', 'CONV_2D');
    const padded = operator.type === 'PAD';
    if (padded) {
      const paddings = graph.integers(operator, 1).join();
      if (paddings !== ONE_ON_EVERY_SIDE) graph.fail(operator, `pads by ${paddings}, expected ${ONE_ON_EVERY_SIDE}`);
      operator = graph.take(graph.output(operator), name, 'CONV_2D');
    }
    checkConvolution(graph, operator, padded, stride);
    const weights = weightsOf(graph, operator, [outputChannels, 3, 3, inputChannels]);
    this.tensors.set(`${name}.weight`, {
      shape: [outputChannels, inputChannels, 3, 3],
      read: () => channelsFirst(weights.read(), outputChannels, inputChannels),
    });
    this.#collectBias(operator, name, outputChannels);
    return graph.output(operator);
  }

  prelu(layer: LayerOf<'prelu'>, input: number): number {
    const { slopes, output } = readPrelu(this.#graph, layer, input);
    this.tensors.set(`${layer.name}.weight`, slopes);
    return output;
  }

  add({ name, to }: LayerOf<'add'>, input: number, other: number): number {
    const sum = this.#graph.take(input, name, 'ADD');
    const found = this.#graph.otherInput(sum, input);
    if (found !== other) this.#graph.fail(sum, `adds tensor ${found}, expected the output of ${to}`);
    return this.#graph.output(sum);
  }

  fullyConnected({ name, channels, height, width, outputs }: LayerOf<'fullyConnected'>, input: number): number {
    const graph = this.#graph;
    const next = ['RESHAPE', 'FULLY_CONNECTED'];
    let operator = graph.take(input, name, 'TRANSPOSE', ...next);
    const channelMajor = operator.type === 'TRANSPOSE';
    if (channelMajor) {
      const order = graph.integers(operator, 1).join();
      if (order !== CHANNELS_TO_FRONT) graph.fail(operator, `has the order ${order}, expected ${CHANNELS_TO_FRONT}`);
      operator = graph.take(graph.output(operator), name, ...next);
    }
    // Whatever the new shape: a reshape keeps the order of values, and the fully connected layer flattens it again.
    if (operator.type === 'RESHAPE') operator = graph.take(graph.output(operator), name, 'FULLY_CONNECTED');
    if (operator.options.weightsFormat !== 0) {
      graph.fail(operator, `has the weights' format ${operator.options.weightsFormat}, expected 0`);
    }
    const shape = [outputs, channels * height * width];
    const weights = weightsOf(graph, operator, shape);
    const read = () => (channelMajor ? weights.read() : channelsFirst(weights.read(), outputs, channels));
    this.tensors.set(`${name}.weight`, { shape, read });
    this.#collectBias(operator, name, outputs);
    return graph.output(operator);
  }

  #collectBias(operator: ReadOperator, layer: string, length: number): void {
    const name = `${layer}.bias`;
    if ((operator.inputs[2] ?? -1) !== -1) {
      this.tensors.set(name, this.#graph.constant(operator, 2));
      return;
    }
    this.notices.push(`${layer} has no bias: zeros`);
    this.tensors.set(name, { shape: [length], read: () => new Float32Array(length) });
  }
}

function checkConvolution(graph: TfliteGraph, operator: ReadOperator, padded: boolean, stride: number): void {
  const { padding, strides, dilations } = operator.options;
  if (strides?.join() !== `${stride},${stride}`) {
    graph.fail(operator, `has the strides ${strides?.join(', ')}, expected ${stride}, ${stride}`);
  }
  if (dilations?.join() !== '1,1') graph.fail(operator, `has the dilations ${dilations?.join(', ')}, expected 1, 1`);
  if (padding === 'SAME' && stride === 2 && !padded) {
    graph.fail(
      operator,
      'has SAME padding with stride 2: on an even size that pads after the last row and column only, while ' +
        'Sphereface-20 pads by 1 on every side. The same weights give other results there, and cannot stand for this file',
    );
  }
  const expected = padded ? 'VALID' : 'SAME';
  if (padding !== expected) {
    graph.fail(operator, `has ${padding} padding ${padded ? 'after' : 'without'} a PAD, expected ${expected}`);
  }
}

/** The second input of an operator, a constant of this shape. */
function weightsOf(graph: TfliteGraph, operator: ReadOperator, shape: readonly number[]): WeightTensor {
  const weights = graph.constant(operator, 1);
  if (weights.shape.join() === shape.join()) return weights;
  graph.fail(operator, `has weights ${weights.shape.join(' x ')}, expected ${shape.join(' x ')}`);
}

/** From (rows, area, channels), TFLite's order, to (rows, channels, area), PyTorch's. */
function channelsFirst(values: Float32Array, rows: number, channels: number): Float32Array {
  return transpose(values, [rows, values.length / rows / channels, channels], [0, 2, 1]);
}
