import { type ReadOperator, readTflite } from '../../tflite/readTflite.js';
import { INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH, type Layer } from '../sphereface20/network.js';
import type { WeightTensor } from '../sphereface20/readWeights.js';
import { readPrelu } from './prelu.js';
import type { SourceWeights } from './sourceWeights.js';
import { TfliteGraph } from './tfliteGraph.js';

type LayerOf<Type extends Layer['type']> = Extract<Layer, { type: Type }>;

/** What is gathered on the way through the graph. */
interface Gathered {
  readonly tensors: Map<string, WeightTensor>;
  readonly notices: string[];
}

const ONE_ON_EVERY_SIDE = '0,0,1,1,1,1,0,0';
const CHANNELS_TO_FRONT = '0,3,1,2';

/**
 * The weights of a TFLite file whose graph computes exactly `network`: names play no part, the operators do, one after
 * the other. Weights are brought into PyTorch's order, (out, in, height, width). Throws `TFLITE_FORMAT` and
 * `MODEL_IMPORT`, which name the operator.
 */
export function readTfliteWeights(content: Uint8Array, file: string, network: readonly Layer[]): SourceWeights {
  const graphInFile = readTflite(content, file);
  const graph = new TfliteGraph(graphInFile, file);
  const gathered: Gathered = { tensors: new Map(), notices: [] };
  const [input, second] = graphInFile.inputs;
  const found =
    input === undefined || second !== undefined ? 'none or several' : graph.shape(input).slice(1).join(' x ');
  const expected = `${INPUT_HEIGHT} x ${INPUT_WIDTH} x ${INPUT_CHANNELS}`;
  if (input === undefined || found !== expected) throw graph.error(`its inputs are ${found}, expected ${expected}`);
  const outputs = new Map<string, number>();
  let last = input;
  for (const layer of network) {
    last = followLayer(graph, layer, last, outputs, gathered);
    outputs.set(layer.name, last);
  }
  graph.checkEnd(last);
  return gathered;
}

/** The tensor that the layer gives. */
function followLayer(
  graph: TfliteGraph,
  layer: Layer,
  input: number,
  outputs: ReadonlyMap<string, number>,
  gathered: Gathered,
): number {
  switch (layer.type) {
    case 'convolution':
      return followConvolution(graph, layer, input, gathered);
    case 'prelu': {
      const { slopes, output } = readPrelu(graph, layer, input);
      gathered.tensors.set(`${layer.name}.weight`, slopes);
      return output;
    }
    case 'add': {
      const sum = graph.take(input, layer.name, 'ADD');
      if (graph.otherInput(sum, input) !== outputs.get(layer.to)) {
        graph.fail(sum, `adds tensor ${graph.otherInput(sum, input)}, expected the output of ${layer.to}`);
      }
      return graph.output(sum);
    }
    case 'fullyConnected':
      return followFullyConnected(graph, layer, input, gathered);
    default:
      return layer satisfies never;
  }
}

function followConvolution(
  graph: TfliteGraph,
  layer: LayerOf<'convolution'>,
  input: number,
  gathered: Gathered,
): number {
  const { name, inputChannels, outputChannels, stride } = layer;
  let operator = graph.take(input, name, 'PAD', 'CONV_2D');
  const padded = operator.type === 'PAD';
  if (padded) {
    const paddings = graph.integers(operator, 1).join();
    if (paddings !== ONE_ON_EVERY_SIDE) graph.fail(operator, `pads by ${paddings}, expected ${ONE_ON_EVERY_SIDE}`);
    operator = graph.take(graph.output(operator), name, 'CONV_2D');
  }
  checkConvolution(graph, operator, padded, stride);
  const weights = graph.constant(operator, 1);
  const expectedShape = [outputChannels, 3, 3, inputChannels].join();
  if (weights.shape.join() !== expectedShape) {
    graph.fail(operator, `has weights ${weights.shape.join(' x ')}, expected ${expectedShape.replaceAll(',', ' x ')}`);
  }
  gathered.tensors.set(`${name}.weight`, {
    shape: [outputChannels, inputChannels, 3, 3],
    read: () => channelsFirst(weights.read(), outputChannels, inputChannels),
  });
  gatherBias(graph, operator, name, outputChannels, gathered);
  return graph.output(operator);
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

function followFullyConnected(
  graph: TfliteGraph,
  layer: LayerOf<'fullyConnected'>,
  input: number,
  gathered: Gathered,
): number {
  const { name, channels, height, width, outputs } = layer;
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
  const weights = graph.constant(operator, 1);
  const shape = [outputs, channels * height * width];
  if (weights.shape.join() !== shape.join()) {
    graph.fail(operator, `has weights ${weights.shape.join(' x ')}, expected ${shape.join(' x ')}`);
  }
  const read = () => (channelMajor ? weights.read() : channelsFirst(weights.read(), outputs, channels));
  gathered.tensors.set(`${name}.weight`, { shape, read });
  gatherBias(graph, operator, name, outputs, gathered);
  return graph.output(operator);
}

function gatherBias(
  graph: TfliteGraph,
  operator: ReadOperator,
  layer: string,
  length: number,
  { tensors, notices }: Gathered,
): void {
  const name = `${layer}.bias`;
  if ((operator.inputs[2] ?? -1) === -1) {
    notices.push(`${layer} has no bias: zeros`);
    tensors.set(name, { shape: [length], read: () => new Float32Array(length) });
    return;
  }
  tensors.set(name, graph.constant(operator, 2));
}

/** From (rows, area, channels), TFLite's order, to (rows, channels, area), PyTorch's. */
function channelsFirst(values: Float32Array, rows: number, channels: number): Float32Array {
  const area = values.length / rows / channels;
  const arranged = new Float32Array(values.length);
  let target = 0;
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      const source = row * area * channels + channel;
      for (let position = 0; position < area; position++) {
        arranged[target++] = values[source + position * channels] ?? 0;
      }
    }
  }
  return arranged;
}
