import type { Precision } from '../engine.js';
import type { Layer } from '../sphereface20/network.js';
import type { Weights } from '../sphereface20/readWeights.js';
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
  /** One image of float32 in the order height, width, channel; to be placed before each run. */
  readonly input: Tensor;
  /** float32; to be placed before each run. */
  readonly output: Tensor;
  /** In the order in which they have to be executed. */
  readonly steps: readonly Step[];
}

type LayerOf<Type extends Layer['type']> = Extract<Layer, { type: Type }>;

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
 * A network for one image at a time, its weights packed once as the primitives want them. The first convolution of an
 * int8 network computes in fp32: so the input is not rounded, and it is a hundredth of the work.
 */
export function buildNetwork(session: OneDnnSession, options: BuildOptions): BuiltNetwork {
  const steps: Step[] = [];
  const input = unplaced(session, describe(session, [1, ...options.inputDimensions], 'fp32', 'channelsLast'));
  let current: Activation = { name: 'input', tensor: input, scale: 1 };
  const activations = new Map<string, Activation>();
  for (const block of blocksOf(options.layers)) {
    const { activation, input: blockInput } = addBlock(session, options, block, current, activations, steps);
    // In the format that it was converted to, which is that of the block's result, an addition takes it as it is.
    activations.set(current.name, { ...current, tensor: blockInput });
    activations.set(activation.name, activation);
    current = activation;
  }
  const last = options.layers.at(-1);
  if (last?.type !== 'fullyConnected') throw new RangeError('expected a fully connected layer as the last one');
  const { tensor, scale } = current;
  const output = unplaced(session, describe(session, [1, last.outputs], 'fp32', 'rows'));
  const lastStep = createFullyConnected(session, {
    ...weightsOf(options, last.name),
    name: last.name,
    input: converted(session, tensor, describe(session, tensor.dimensions, tensor.type, 'channelsLast'), steps),
    result: output,
    type: tensor.type,
    inputScale: scale,
    resultScale: 1,
  });
  return { input, output, steps: [...steps, lastStep] };
}

function addBlock(
  session: OneDnnSession,
  options: BuildOptions,
  { convolution, prelu, add }: Block,
  input: Activation,
  activations: ReadonlyMap<string, Activation>,
  steps: Step[],
): { activation: Activation; input: Tensor } {
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
    },
    steps,
  );
  const { dimensions, format } = convolved.result;
  const tensor = createActivation(
    session,
    {
      name,
      values: convolved.result,
      slopes: tensorOf(options, `${prelu.name}.weight`),
      shortcut:
        shortcut && converted(session, shortcut.tensor, describe(session, dimensions, precision, format), steps),
      factor: sumScale / scale,
      resultType: precision,
    },
    steps,
  );
  return { activation: { name, tensor, scale }, input: convolved.input };
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
  return { weights: tensorOf(options, `${layer}.weight`), bias: tensorOf(options, `${layer}.bias`) };
}

function tensorOf({ weights }: BuildOptions, name: string): Float32Array {
  const values = weights.get(name);
  if (values === undefined) throw new RangeError(`no weights ${name}`);
  return values;
}

function stepOf({ quantizationSteps }: BuildOptions, name: string): number {
  const step = quantizationSteps.get(name);
  if (step === undefined) throw new RangeError(`no quantization step for ${name}`);
  return step;
}
