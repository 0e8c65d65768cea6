import { parseSafetensors } from '../sphereface20/safetensors.js';
import { type NetworkInfo, valuesIn } from './networkInfo.js';

/** Weights alone: no inputs, outputs or operators. Throws `MODEL_SAFETENSORS`. */
export function safetensorsInfo(content: Uint8Array, file: string): NetworkInfo {
  const shapes = [...parseSafetensors(content, file).values()].map(({ shape }) => shape);
  return { inputs: [], outputs: [], operators: {}, parameters: valuesIn(shapes) };
}
