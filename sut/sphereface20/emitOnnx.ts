import { writeOnnx } from '../../onnx/writeOnnx.js';
import type { ActivationRanges } from './activationRanges.js';
import { EMBEDDING_VALUES, INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH, type Layer } from './network.js';
import { OnnxGraph } from './onnxGraph.js';
import { OnnxQuantizer } from './onnxQuantizer.js';
import type { Weights } from './readWeights.js';

interface EmitOnnxOptions {
  /** Makes a network that computes in 8 bits, where there are these ranges for activations. */
  readonly activationRanges?: ActivationRanges | undefined;
  /** Layers whose outputs the network gives out besides, each by its name. */
  readonly alsoOutput?: readonly string[];
}

/** What a layer gives: the layer's name, by which its range is known, and the value's name in the graph. */
interface Activation {
  readonly layer: string;
  readonly value: string;
}

const NETWORK_INPUT = 'input';

type LayerOf<Type extends Layer['type']> = Extract<Layer, { type: Type }>;

/**
 * The content of an ONNX file for a network, from `input`, N x 112 x 96 x 3 float32, to N x 512 float32, for any number
 * N of images. PyTorch and ONNX both lay images out as channel, height, width, so weights stay as they are; it is the
 * input that is transposed.
 *
 * In 8 bits convolutions and the fully connected layer are computed, each with its input rounded, convolutions also
 * with their output. PReLU and the sums of residual blocks stay float32, and so does the first convolution: rounding it
 * costs more accuracy than rounding all others, and it is a hundredth of the work.
 */
export function emitOnnx(
  network: readonly Layer[],
  weights: Weights,
  { activationRanges, alsoOutput = [] }: EmitOnnxOptions = {},
): Uint8Array {
  const graph = new OnnxGraph(weights);
  const quantizer = activationRanges && new OnnxQuantizer(graph, activationRanges);
  const image = graph.node('Transpose', [NETWORK_INPUT], 'image', { perm: [0, 3, 1, 2] });
  const values = new Map<string, string>();
  let last: Activation = { layer: NETWORK_INPUT, value: image };
  for (const layer of network) {
    last = { layer: layer.name, value: addLayer(graph, quantizer, layer, last, values) };
    values.set(last.layer, last.value);
  }
  return writeOnnx({
    name: 'Sphereface-20',
    description: 'Sphereface-20: B, G, R, (v - 128) / 127.5',
    inputs: [{ name: NETWORK_INPUT, shape: ['batch', INPUT_HEIGHT, INPUT_WIDTH, INPUT_CHANNELS] }],
    outputs: [{ name: last.value, shape: ['batch', EMBEDDING_VALUES] }, ...alsoOutput.map((name) => ({ name }))],
    constants: graph.constants,
    nodes: graph.nodes,
  });
}

/** The name of the layer's output in the graph. */
function addLayer(
  graph: OnnxGraph,
  quantizer: OnnxQuantizer | undefined,
  layer: Layer,
  input: Activation,
  values: ReadonlyMap<string, string>,
): string {
  switch (layer.type) {
    case 'convolution':
      return addConvolution(graph, quantizer, layer, input);
    case 'prelu':
      return addPrelu(graph, layer, input);
    case 'add': {
      const other = values.get(layer.to);
      if (other === undefined) throw new RangeError(`${layer.name} adds the output of ${layer.to}, not yet computed`);
      return graph.node('Add', [other, input.value], layer.name);
    }
    case 'fullyConnected':
      return addFullyConnected(graph, quantizer, layer, input);
    default:
      return layer satisfies never;
  }
}

function addConvolution(
  graph: OnnxGraph,
  quantizer: OnnxQuantizer | undefined,
  { name, inputChannels, outputChannels, stride }: LayerOf<'convolution'>,
  input: Activation,
): string {
  const shape = [outputChannels, inputChannels, 3, 3] as const;
  const attributes = { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [stride, stride] };
  if (quantizer === undefined || input.layer === NETWORK_INPUT) {
    return graph.node('Conv', [input.value, ...graph.weightsAndBias(name, shape)], name, attributes);
  }
  const operands = [
    quantizer.activation(input.value, input.layer),
    ...quantizer.weightsAndBias(name, shape, input.layer),
  ];
  return quantizer.activation(graph.node('Conv', operands, name, attributes), name);
}

/**
 * slope * x + (1 - slope) * max(x, 0), which is PReLU. ONNX's PRelu is left out, because ONNX Runtime 1.30
 * spent a sixth of its time there in float32, and more than half in 8 bits.
 */
function addPrelu(graph: OnnxGraph, { name, channels }: LayerOf<'prelu'>, { value }: Activation): string {
  const slopes = graph.weights(`${name}.weight`);
  const shape = [channels, 1, 1];
  const slope = graph.constant(`${name}/slope`, shape, slopes);
  const rest = graph.constant(
    `${name}/rest`,
    shape,
    slopes.map((slopeOfChannel) => 1 - slopeOfChannel),
  );
  const linear = graph.node('Mul', [value, slope], `${name}/linear`);
  const positive = graph.node('Mul', [graph.node('Relu', [value], `${name}/positive`), rest], `${name}/restOfPositive`);
  return graph.node('Add', [linear, positive], name);
}

function addFullyConnected(
  graph: OnnxGraph,
  quantizer: OnnxQuantizer | undefined,
  { name, channels, height, width, outputs }: LayerOf<'fullyConnected'>,
  input: Activation,
): string {
  const shape = [outputs, channels * height * width] as const;
  const flat = graph.node('Flatten', [input.value], `${name}/input`);
  const operands =
    quantizer === undefined
      ? [flat, ...graph.weightsAndBias(name, shape)]
      : [quantizer.activation(flat, input.layer), ...quantizer.weightsAndBias(name, shape, input.layer)];
  return graph.node('Gemm', operands, name, { transB: 1 });
}
