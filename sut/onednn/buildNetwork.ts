import type { Precision } from '../engine.js';
import type { Layer } from '../sphereface20/network.js';
import { tensorOf, type Weights } from '../sphereface20/readWeights.js';
import type { LayerOf } from '../sphereface20/walkNetwork.js';
import { createActivation } from './activation.js';
import { converted, createConvolution } from './convolution.js';
import { createFullyConnected } from './fullyConnected.js';
import type { Step } from './primitive.js';
import type { OneDnnSession } from './session.js';
import { describe, type Tensor, unplaced } from './tensor.js';
import type { LayerWeights } from './weights.js';

/** The quantization step of each layer's result, by layer name, where results are int8. */
export type QuantizationSteps = ReadonlyMap<string, number>;

export interface BuildOptions {
  readonly layers: readonly Layer[];
  readonly weights: Weights;
  readonly inputDimensions: readonly [channels: number, height: number, width: number];
  readonly precision: Precision;
  readonly quantizationSteps: QuantizationSteps;
}

export interface BuiltNetwork {
  /** Each image float32 in the order height, width, channel; to be placed before each run. */
  readonly input: Tensor;
  /** float32; to be placed before each run. */
  readonly output: Tensor;
  /** To be executed one after the other; in each, the images one after the other, each with all steps of the block. */
  readonly blocks: readonly (readonly Step[])[];
}

/**
 * Computed at a time. Weights are read once for them: from memory, where all of them do not fit the cache. Primitives
 * for several images do worse: oneDNN takes other algorithms for these.
 */
export const MOST_IMAGES = 4;

/** A convolution with the PReLU and perhaps the addition that follow it. */
interface Block {
  readonly convolution: LayerOf<'convolution'>;
  readonly prelu: LayerOf<'prelu'>;
  readonly add: LayerOf<'add'> | undefined;
}

/** What a block gives. */
interface Activation {
  readonly name: string;
  readonly tensor: Tensor;
  /** What a value of 1 stands for. */
  readonly scale: number;
}

/**
 * A network for up to `MOST_IMAGES`, its weights packed once as the primitives want them. The first convolution of an
 * int8 network computes in fp32: so the input is not rounded, and it is a hundredth of the work.
 */
export function buildNetwork(session: OneDnnSession, options: BuildOptions): BuiltNetwork {
  const blocks: Step[][] = [];
  const inputDescriptor = describe(session, [1, ...options.inputDimensions], 'fp32', 'channelsLast');
  const input = unplaced(session, inputDescriptor, MOST_IMAGES);
  let current: Activation = { name: 'input', tensor: input, scale: 1 };
  let scratch: Tensor | undefined;
  const activations = new Map<string, Activation>();
  for (const block of blocksOf(options.layers)) {
    const steps: Step[] = [];
    const added = addBlock(session, options, block, { input: current, activations, scratch }, steps);
    // In the format that it was converted to, which is that of the block's result, an addition takes it as it is.
    activations.set(current.name, { ...current, tensor: added.input });
    activations.set(added.activation.name, added.activation);
    current = added.activation;
    scratch ??= added.convolved;
    blocks.push(steps);
  }
  const { output, steps } = lastBlock(session, options, current);
  return { input, output, blocks: [...blocks, steps] };
}

function lastBlock(
  session: OneDnnSession,
  options: BuildOptions,
  { tensor, scale }: Activation,
): { output: Tensor; steps: Step[] } {
  const layer = options.layers.at(-1);
  if (layer?.type !== 'fullyConnected') throw new RangeError('expected a fully connected layer as the last one');
  const steps: Step[] = [];
  const output = unplaced(session, describe(session, [1, layer.outputs], 'fp32', 'rows'), MOST_IMAGES);
  const step = createFullyConnected(session, {
    ...weightsOf(options, layer.name),
    name: layer.name,
    input: converted(session, tensor, describe(session, tensor.dimensions, tensor.type, 'channelsLast'), steps),
    result: output,
    type: tensor.type,
    inputScale: scale,
    resultScale: 1,
  });
  return { output, steps: [...steps, step] };
}

function addBlock(
  session: OneDnnSession,
  options: BuildOptions,
  { convolution, prelu, add }: Block,
  {
    input,
    activations,
    scratch,
  }: { input: Activation; activations: ReadonlyMap<string, Activation>; scratch: Tensor | undefined },
  steps: Step[],
): { activation: Activation; input: Tensor; convolved: Tensor } {
  const { precision } = options;
  const name = (add ?? prelu).name;
  const scale = precision === 'int8' ? stepOf(options, name) : 1;
  const shortcut = add === undefined ? undefined : activations.get(add.to);
  // Values are added in the units of the shortcut, which are then changed to those of the result.
  const sumScale = shortcut?.scale ?? scale;
  const convolved = createConvolution(
    session,
    {
      ...weightsOf(options, convolution.name),
      name: convolution.name,
      input: input.tensor,
      outputChannels: convolution.outputChannels,
      stride: convolution.stride,
      type: precision === 'int8' ? input.tensor.type : precision,
      inputScale: input.scale,
      resultScale: sumScale,
      scratch,
    },
    steps,
  );
  const { dimensions, format } = convolved.result;
  const tensor = createActivation(
    session,
    {
      name,
      values: convolved.result,
      slopes: tensorOf(options.weights, `${prelu.name}.weight`),
      shortcut:
        shortcut && converted(session, shortcut.tensor, describe(session, dimensions, precision, format), steps),
      factor: sumScale / scale,
      resultType: precision,
      images: MOST_IMAGES,
    },
    steps,
  );
  return { activation: { name, tensor, scale }, input: convolved.input, convolved: convolved.result };
}

function blocksOf(layers: readonly Layer[]): Block[] {
  return layers.flatMap((convolution, index) => {
    if (convolution.type !== 'convolution') return [];
    const prelu = layers[index + 1];
    const add = layers[index + 2];
    if (prelu?.type !== 'prelu') throw new RangeError(`expected a PReLU after ${convolution.name}`);
    return [{ convolution, prelu, add: add?.type === 'add' ? add : undefined }];
  });
}

function weightsOf(options: BuildOptions, layer: string): Pick<LayerWeights, 'weights' | 'bias'> {
  return { weights: tensorOf(options.weights, `${layer}.weight`), bias: tensorOf(options.weights, `${layer}.bias`) };
}

function stepOf({ quantizationSteps }: BuildOptions, name: string): number {
  const step = quantizationSteps.get(name);
  if (step === undefined) throw new RangeError(`no quantization step for ${name}`);
  return step;
}
