import { EMBEDDING_VALUES, INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH } from '../networks/sphereface20.js';

/** Each layer takes what the one before gives; `name` is the prefix of its weights' names, or stands for its output. */
export type Layer =
  /** 3 x 3, one row or column of zeros on every side. */
  | {
      readonly type: 'convolution';
      readonly name: string;
      readonly inputChannels: number;
      readonly outputChannels: number;
      readonly stride: 1 | 2;
    }
  /** max(x, 0) + slope * min(x, 0), a slope for each channel. */
  | { readonly type: 'prelu'; readonly name: string; readonly channels: number }
  /** Adds the output of an earlier layer, named by `to`. */
  | { readonly type: 'add'; readonly name: string; readonly to: string }
  /** Its weights see the input in the order channel, height, width. */
  | {
      readonly type: 'fullyConnected';
      readonly name: string;
      readonly channels: number;
      readonly height: number;
      readonly width: number;
      readonly outputs: number;
    };

interface WeightShape {
  readonly name: string;
  readonly shape: readonly number[];
}

const STAGES = [
  { channels: 64, residualBlocks: 1 },
  { channels: 128, residualBlocks: 2 },
  { channels: 256, residualBlocks: 4 },
  { channels: 512, residualBlocks: 1 },
];

/**
 * Sphereface-20 (Liu et al., SphereFace: Deep Hypersphere Embedding for Face Recognition, CVPR 2017, table 2): 20
 * convolutions in four stages that each halve height and width, then one fully connected layer.
 */
export const SPHEREFACE20: readonly Layer[] = layers();

/** The weight tensors of a network, in the layers' order, with the names and shapes that PyTorch gives them. */
export function weightShapes(network: readonly Layer[]): WeightShape[] {
  return network.flatMap((layer) => {
    switch (layer.type) {
      case 'convolution':
        return [
          { name: `${layer.name}.weight`, shape: [layer.outputChannels, layer.inputChannels, 3, 3] },
          { name: `${layer.name}.bias`, shape: [layer.outputChannels] },
        ];
      case 'prelu':
        return [{ name: `${layer.name}.weight`, shape: [layer.channels] }];
      case 'add':
        return [];
      case 'fullyConnected':
        return [
          { name: `${layer.name}.weight`, shape: [layer.outputs, layer.channels * layer.height * layer.width] },
          { name: `${layer.name}.bias`, shape: [layer.outputs] },
        ];
      default:
        return layer satisfies never;
    }
  });
}

function layers(): Layer[] {
  const network: Layer[] = [];
  let inputChannels = INPUT_CHANNELS;
  for (const [index, { channels, residualBlocks }] of STAGES.entries()) {
    const stage = index + 1;
    network.push(...convolutionWithPrelu(`${stage}_1`, inputChannels, channels, 2));
    let blockInput = `relu${stage}_1`;
    for (let block = 1; block <= residualBlocks; block++) {
      const sum = `res${stage}_${2 * block + 1}`;
      network.push(
        ...convolutionWithPrelu(`${stage}_${2 * block}`, channels, channels, 1),
        ...convolutionWithPrelu(`${stage}_${2 * block + 1}`, channels, channels, 1),
        { type: 'add', name: sum, to: blockInput },
      );
      blockInput = sum;
    }
    inputChannels = channels;
  }
  const reduction = 2 ** STAGES.length;
  network.push({
    type: 'fullyConnected',
    name: 'fc5',
    channels: inputChannels,
    height: INPUT_HEIGHT / reduction,
    width: INPUT_WIDTH / reduction,
    outputs: EMBEDDING_VALUES,
  });
  return network;
}

function convolutionWithPrelu(suffix: string, inputChannels: number, outputChannels: number, stride: 1 | 2): Layer[] {
  return [
    { type: 'convolution', name: `conv${suffix}`, inputChannels, outputChannels, stride },
    { type: 'prelu', name: `relu${suffix}`, channels: outputChannels },
  ];
}
