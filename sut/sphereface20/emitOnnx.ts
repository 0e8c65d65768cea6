import { LoadGenError } from '../../base/errors.js';
import { type OnnxConstant, type OnnxNode, writeOnnx } from '../../onnx/writeOnnx.js';
import { EMBEDDING_VALUES, INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH, type Layer } from './network.js';
import type { Weights } from './readWeights.js';

/**
 * The content of an ONNX file for a network, from `input`, N x 112 x 96 x 3 float32, to N x 512 float32, for any number
 * N of images. Weights are as in PyTorch, for both lay images out as channel, height, width: the input is transposed.
 * `alsoOutput`: names of layers whose outputs the network is to give out besides.
 */
export function emitOnnx(network: readonly Layer[], weights: Weights, alsoOutput: readonly string[] = []): Uint8Array {
  const constants: OnnxConstant[] = [];
  const nodes: OnnxNode[] = [];
  const weight = (name: string, shape: readonly number[]): string => {
    const values = weights.get(name);
    if (values === undefined) throw new LoadGenError('MODEL_WEIGHTS', `the weights have no tensor ${name}`);
    constants.push({ name, shape, values });
    return name;
  };
  nodes.push({ type: 'Transpose', inputs: ['input'], output: 'image', attributes: { perm: [0, 3, 1, 2] } });
  let last = 'image';
  for (const layer of network) {
    nodes.push(...layerNodes(layer, last, weight));
    last = layer.name;
  }
  return writeOnnx({
    name: 'Sphereface-20',
    description: 'Sphereface-20: B, G, R, (v - 128) / 127.5',
    inputs: [{ name: 'input', shape: ['batch', INPUT_HEIGHT, INPUT_WIDTH, INPUT_CHANNELS] }],
    outputs: [{ name: last, shape: ['batch', EMBEDDING_VALUES] }, ...alsoOutput.map((name) => ({ name }))],
    constants,
    nodes,
  });
}

/** The last of the nodes gives the layer's output, which has the layer's name. */
function layerNodes(
  layer: Layer,
  input: string,
  weight: (name: string, shape: readonly number[]) => string,
): OnnxNode[] {
  const { name } = layer;
  switch (layer.type) {
    case 'convolution': {
      const { inputChannels, outputChannels, stride } = layer;
      const filter = weight(`${name}.weight`, [outputChannels, inputChannels, 3, 3]);
      const bias = weight(`${name}.bias`, [outputChannels]);
      const attributes = { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [stride, stride] };
      return [{ type: 'Conv', inputs: [input, filter, bias], output: name, attributes }];
    }
    case 'prelu':
      return [{ type: 'PRelu', inputs: [input, weight(`${name}.weight`, [layer.channels, 1, 1])], output: name }];
    case 'add':
      return [{ type: 'Add', inputs: [layer.to, input], output: name }];
    case 'fullyConnected': {
      const flat = `${name}/input`;
      const matrix = weight(`${name}.weight`, [layer.outputs, layer.channels * layer.height * layer.width]);
      const bias = weight(`${name}.bias`, [layer.outputs]);
      return [
        { type: 'Flatten', inputs: [input], output: flat },
        { type: 'Gemm', inputs: [flat, matrix, bias], output: name, attributes: { transB: 1 } },
      ];
    }
    default:
      return layer satisfies never;
  }
}
