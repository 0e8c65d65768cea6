import { LoadGenError } from '../base/errors.js';
import type { EngineModel } from './engine.js';

/** How errors write the inputs and outputs of a network, each as "1x112x96x3 float32". */
interface NetworkTensors {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Of a model's network, one input and one output for so many images at a time; "N" where the number is free. */
export function expectedTensors({ network }: EngineModel, batch: number | 'N'): NetworkTensors {
  const { inputHeight, inputWidth, inputChannels, embeddingValues } = network;
  return {
    inputs: [`${batch}x${inputHeight}x${inputWidth}x${inputChannels} float32`],
    outputs: [`${batch}x${embeddingValues} float32`],
  };
}

export function modelShapeError(
  { name }: EngineModel,
  found: NetworkTensors,
  expected: readonly [NetworkTensors, ...NetworkTensors[]],
): LoadGenError {
  return new LoadGenError(
    'MODEL_SHAPE',
    `${name} is a network from ${described(found)}, expected one from ${expected.map(described).join(' or ')}`,
    { hint: 'Give a model of this network, in the layout height, width, channel.' },
  );
}

function described({ inputs, outputs }: NetworkTensors): string {
  return `${inputs.join(', ')} to ${outputs.join(', ')}`;
}
