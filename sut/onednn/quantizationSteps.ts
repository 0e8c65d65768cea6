import { readFile } from 'node:fs/promises';
import { LoadGenError } from '../../base/errors.js';
import { sha256Of } from '../../platform/node/files.js';
import { parseActivationRanges } from '../sphereface20/activationRanges.js';
import { SPHEREFACE20 } from '../sphereface20/network.js';
import { ACTIVATION_RANGES } from '../sphereface20/ownFiles.js';
import type { QuantizationSteps } from './buildNetwork.js';

const INT8_LIMIT = 127;

/**
 * Symmetric quantization steps from the activation ranges that were measured for these weights; `content` is their
 * safetensors file.
 *
 * @throws MODEL_RANGES if there are no ranges for these weights
 */
export async function quantizationStepsFor(content: Uint8Array, modelName: string): Promise<QuantizationSteps> {
  const { file } = ACTIVATION_RANGES;
  const { weightsSha256, ranges } = parseActivationRanges(await readFile(file), file, SPHEREFACE20);
  const sha256 = sha256Of(content);
  if (sha256 !== weightsSha256) {
    throw new LoadGenError(
      'MODEL_RANGES',
      `${file} is for weights of SHA-256 ${weightsSha256}, but ${modelName} has ${sha256}`,
      { hint: 'int8 needs the ranges of activations. Run this model in fp32 or bf16, or measure its ranges.' },
    );
  }
  return new Map([...ranges].map(([name, [low, high]]) => [name, Math.max(-low, high) / INT8_LIMIT]));
}
