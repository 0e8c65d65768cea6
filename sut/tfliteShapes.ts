import { LoadGenError } from '../base/errors.js';
import type { EngineModel } from './engine.js';

export interface TfliteTensorShape {
  readonly shape: readonly number[];
  /** "float32", "int8", ... */
  readonly dataType: string;
}

/**
 * The one input and the one output of a TFLite file, and how many images it takes at a time: the first dimension of
 * both. Throws `MODEL_SHAPE` unless all the rest is that of the model's network, in float32.
 */
export function checkTfliteShapes<Tensor extends TfliteTensorShape>(
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  { name, network }: EngineModel,
): { batch: number; input: Tensor; output: Tensor } {
  const [input] = inputs;
  const [output] = outputs;
  const batch = Math.max(1, input?.shape[0] ?? 1);
  const { inputHeight, inputWidth, inputChannels, embeddingValues } = network;
  const found = `${inputs.map(described).join(', ')} to ${outputs.map(described).join(', ')}`;
  const expectedShape = [batch, inputHeight, inputWidth, inputChannels].join('x');
  const expected = `${expectedShape} float32 to ${batch}x${embeddingValues} float32`;
  if (input !== undefined && output !== undefined && found === expected) return { batch, input, output };
  throw new LoadGenError('MODEL_SHAPE', `${name} is a network from ${found}, expected one from ${expected}`, {
    hint: 'Give a model of this network, in the layout height, width, channel.',
  });
}

function described({ shape, dataType }: TfliteTensorShape): string {
  return `${shape.join('x')} ${dataType}`;
}
