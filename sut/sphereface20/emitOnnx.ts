import { type OnnxNode, writeOnnx } from '../../onnx/writeOnnx.js';
import { imageShape } from '../inputLayout.js';
import { EMBEDDING_VALUES, SPHEREFACE20_SHAPE } from '../networks/sphereface20.js';
import type { ActivationRanges } from './activationRanges.js';
import type { ModelForm } from './modelForm.js';
import type { Layer } from './network.js';
import { OnnxGraph } from './onnxGraph.js';
import { OnnxQuantizer } from './onnxQuantizer.js';
import type { Weights } from './readWeights.js';
import { type LayerHandlers, type LayerOf, walkNetwork } from './walkNetwork.js';

interface EmitOnnxOptions extends ModelForm {
  /** Makes a network that computes in 8 bits, where there are these ranges for activations. */
  readonly activationRanges?: ActivationRanges | undefined;
  /** Layers whose outputs are outputs of the network, too, by name. */
  readonly alsoOutput?: readonly string[];
}

/** A layer's output: the layer's name, by which its range is known, and the value's name in the graph. */
interface Activation {
  readonly layer: string;
  readonly value: string;
}

const NETWORK_INPUT = 'input';

/**
 * The content of an ONNX file for a network, from `input`, N x 112 x 96 x 3 float32, to N x 512 float32. PyTorch and ONNX
 * both lay images out as channel, height, width, so weights stay as they are; it is the input that is transposed, unless
 * it is to have the channels first.
 *
 * In 8 bits convolutions and the fully connected layer are computed, each with its input rounded, convolutions also
 * with their output. PReLU and the sums of residual blocks stay float32, and so does the first convolution: rounding it
 * costs more accuracy than rounding all others, and it is a hundredth of the work.
 */
export function emitOnnx(
  network: readonly Layer[],
  weights: Weights,
  { activationRanges, alsoOutput = [], batch, layout = 'NHWC', nativePrelu = false }: EmitOnnxOptions = {},
): Uint8Array {
  const graph = new OnnxGraph(weights);
  const images = batch ?? 'batch';
  const quantizer = activationRanges && new OnnxQuantizer(graph, activationRanges);
  const emitter = new OnnxEmitter(graph, quantizer, nativePrelu);
  const image =
    layout === 'NCHW' ? NETWORK_INPUT : graph.node('Transpose', [NETWORK_INPUT], 'image', { perm: [0, 3, 1, 2] });
  const output = walkNetwork(network, { layer: NETWORK_INPUT, value: image }, emitter);
  return writeOnnx({
    name: 'Sphereface-20',
    description: 'Sphereface-20: B, G, R, (v - 128) / 127.5',
    inputs: [{ name: NETWORK_INPUT, shape: [images, ...imageShape(SPHEREFACE20_SHAPE, layout)] }],
    outputs: [{ name: output.value, shape: [images, EMBEDDING_VALUES] }, ...alsoOutput.map((name) => ({ name }))],
    constants: graph.constants,
    nodes: graph.nodes,
  });
}

class OnnxEmitter implements LayerHandlers<Activation> {
  readonly #graph: OnnxGraph;
  readonly #quantizer: OnnxQuantizer | undefined;
  readonly #nativePrelu: boolean;

  constructor(graph: OnnxGraph, quantizer: OnnxQuantizer | undefined, nativePrelu: boolean) {
    this.#graph = graph;
    this.#quantizer = quantizer;
    this.#nativePrelu = nativePrelu;
  }

  convolution(layer: LayerOf<'convolution'>, input: Activation): Activation {
    const { name, inputChannels, outputChannels, stride } = layer;
    const shape = [outputChannels, inputChannels, 3, 3] as const;
    const attributes = { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [stride, stride] };
    if (this.#quantizer === undefined || input.layer === NETWORK_INPUT) {
      return this.#node('Conv', [input.value, ...this.#graph.weightsAndBias(name, shape)], name, attributes);
    }
    const operands = [
      this.#quantizer.activation(input.value, input.layer),
      ...this.#quantizer.weightsAndBias(layer, shape, input.layer),
    ];
    const { value } = this.#node('Conv', operands, name, attributes);
    return { layer: name, value: this.#quantizer.activation(value, name) };
  }

  /**
   * slope * x + (1 - slope) * max(x, 0), which is PReLU, unless ONNX's PRelu is asked for: ONNX Runtime 1.30 spent a sixth
   * of its time there in float32, and more than half in 8 bits.
   */
  prelu({ name, channels }: LayerOf<'prelu'>, { value }: Activation): Activation {
    const graph = this.#graph;
    const slopes = graph.weights(`${name}.weight`);
    const shape = [channels, 1, 1];
    const slope = graph.constant(`${name}/slope`, shape, slopes);
    if (this.#nativePrelu) return this.#node('PRelu', [value, slope], name);
    const rests = slopes.map((slopeOfChannel) => 1 - slopeOfChannel);
    const rest = graph.constant(`${name}/rest`, shape, rests);
    const linear = graph.node('Mul', [value, slope], `${name}/linear`);
    const positive = graph.node('Relu', [value], `${name}/positive`);
    const restOfPositive = graph.node('Mul', [positive, rest], `${name}/restOfPositive`);
    return this.#node('Add', [linear, restOfPositive], name);
  }

  add({ name }: LayerOf<'add'>, { value }: Activation, other: Activation): Activation {
    return this.#node('Add', [other.value, value], name);
  }

  fullyConnected(layer: LayerOf<'fullyConnected'>, input: Activation): Activation {
    const { name, channels, height, width, outputs } = layer;
    const shape = [outputs, channels * height * width] as const;
    const flat = this.#graph.node('Flatten', [input.value], `${name}/input`);
    const operands =
      this.#quantizer === undefined
        ? [flat, ...this.#graph.weightsAndBias(name, shape)]
        : [this.#quantizer.activation(flat, input.layer), ...this.#quantizer.weightsAndBias(layer, shape, input.layer)];
    return this.#node('Gemm', operands, name, { transB: 1 });
  }

  #node(type: string, inputs: readonly string[], layer: string, attributes: OnnxNode['attributes'] = {}): Activation {
    return { layer, value: this.#graph.node(type, inputs, layer, attributes) };
  }
}
