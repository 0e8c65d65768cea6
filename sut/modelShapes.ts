import { LoadGenError } from '../base/errors.js';
import type { EngineModel, InputLayout } from './engine.js';
import { INPUT_LAYOUTS, imageShape } from './inputLayout.js';

export interface TensorShape {
  /** `N` stands for any size; undefined if the model does not say. */
  readonly shape: readonly (number | 'N')[] | undefined;
  /** "float32", "int8", ... */
  readonly dataType: string;
}

export interface NetworkTensors {
  readonly inputs: readonly TensorShape[];
  readonly outputs: readonly TensorShape[];
}

/** `1x112x96x3 float32` */
export function formatTensor({ shape, dataType }: TensorShape): string {
  return `${shape?.join('x') ?? 'any shape'} ${dataType}`;
}

/**
 * The layout in which `found` are the tensors of the model's network, for `batch` images at a time, N for any number of
 * them; undefined if they are not.
 */
export function layoutOf(found: NetworkTensors, model: EngineModel, batch: number | 'N'): InputLayout | undefined {
  return INPUT_LAYOUTS.find((layout) => formatNetwork(found) === formatNetwork(networkTensors(model, batch, layout)));
}

export function modelShapeError(
  model: EngineModel,
  found: NetworkTensors,
  expectedBatches: readonly (number | 'N')[],
): LoadGenError {
  const expected = expectedBatches.map((batch) => formatNetwork(networkTensors(model, batch, 'NHWC'))).join(' or ');
  return new LoadGenError(
    'MODEL_SHAPE',
    `${model.name} is a network from ${formatNetwork(found)}, expected one from ${expected}`,
    { hint: 'Give a model of this network, with the channels last (NHWC) or first (NCHW).' },
  );
}

/**
 * The one input and the one output of a TFLite file, in which layout it takes images, and how many at a time: the first
 * dimension of both.
 *
 * @throws MODEL_SHAPE unless all the rest is that of the model's network, in float32
 */
export function checkTfliteShapes<Tensor extends TensorShape>(
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  model: EngineModel,
): { batch: number; layout: InputLayout; input: Tensor; output: Tensor } {
  const [input] = inputs;
  const [output] = outputs;
  const batch = Math.max(1, Number(input?.shape?.[0] ?? 1));
  const found = { inputs, outputs };
  const layout = layoutOf(found, model, batch);
  if (input !== undefined && output !== undefined && layout !== undefined) return { batch, layout, input, output };
  throw modelShapeError(model, found, [batch]);
}

/** The tensors that a model of this network has. */
function networkTensors({ network }: EngineModel, batch: number | 'N', layout: InputLayout): NetworkTensors {
  return {
    inputs: [{ shape: [batch, ...imageShape(network, layout)], dataType: 'float32' }],
    outputs: [{ shape: [batch, network.embeddingValues], dataType: 'float32' }],
  };
}

function formatNetwork({ inputs, outputs }: NetworkTensors): string {
  return `${inputs.map(formatTensor).join(', ')} to ${outputs.map(formatTensor).join(', ')}`;
}
