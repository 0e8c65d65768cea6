import { type Layer, weightShapes } from '../../../sut/sphereface20/network.js';
import { checkWeights, type Weights, type WeightTensor } from '../../../sut/sphereface20/readWeights.js';

/** What importing knows of networks, with as few weights as possible: all kinds of layers, the size of the inputs. */
export const SMALL_NETWORK: readonly Layer[] = [
  ...convolution('1_1', 3, 2),
  ...convolution('1_2', 2, 1),
  { type: 'add', name: 'res1_2', to: 'relu1_1' },
  ...convolution('2_1', 2, 2),
  ...convolution('3_1', 2, 2),
  ...convolution('4_1', 2, 2),
  { type: 'fullyConnected', name: 'fc5', channels: 2, height: 7, width: 6, outputs: 3 },
];

/** All different within a tensor, and exact in float16: value i of tensor t is (i - 20) / 8 + t. */
export const SMALL_WEIGHTS: Weights = new Map(
  weightShapes(SMALL_NETWORK).map(({ name, shape }, t) => {
    const length = shape.reduce((product, size) => product * size);
    return [name, Float32Array.from({ length }, (_, i) => (i - 20) / 8 + t)];
  }),
);

/** The tensors of the small network by name, each with its shape. */
export const SMALL_TENSORS = weightShapes(SMALL_NETWORK).map(({ name, shape }) => ({
  name,
  shape,
  values: SMALL_WEIGHTS.get(name) ?? new Float32Array(),
}));

/** What was read of a file, checked as an import checks it. */
export function smallWeightsOf({ tensors }: { tensors: ReadonlyMap<string, WeightTensor> }): Weights {
  return checkWeights(tensors, 'x', SMALL_NETWORK);
}

function convolution(suffix: string, inputChannels: number, stride: 1 | 2): Layer[] {
  return [
    { type: 'convolution', name: `conv${suffix}`, inputChannels, outputChannels: 2, stride },
    { type: 'prelu', name: `relu${suffix}`, channels: 2 },
  ];
}
