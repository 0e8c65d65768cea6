import { isDeepStrictEqual } from 'node:util';
import type { EngineModel } from './engine.js';
import { expectedTensors, modelShapeError } from './modelShapeError.js';

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
  model: EngineModel,
): { batch: number; input: Tensor; output: Tensor } {
  const [input] = inputs;
  const [output] = outputs;
  const batch = Math.max(1, input?.shape[0] ?? 1);
  const found = { inputs: inputs.map(described), outputs: outputs.map(described) };
  const expected = expectedTensors(model, batch);
  if (input !== undefined && output !== undefined && isDeepStrictEqual(found, expected))
    return { batch, input, output };
  throw modelShapeError(model, found, [expected]);
}

function described({ shape, dataType }: TfliteTensorShape): string {
  return `${shape.join('x')} ${dataType}`;
}
