import type { NetworkShape } from '../../base/pairLayout.js';
import { imageShape } from '../inputLayout.js';
import type { TensorDescription } from '../remote/connection.js';

export const INPUT_NAME = 'images';
export const OUTPUT_NAME = 'embeddings';
/** Of one request. */
export const MAX_IMAGES = 256;
/** Further ones are refused. */
export const MAX_WAITING_REQUESTS = 256;
export const SERVER_NAME = 'sphereface-loadgen';
export const EXTENSIONS = ['binary_tensor_data', 'statistics'] as const;
export const MODEL_VERSION = '1';

export function servedInput(network: NetworkShape): TensorDescription {
  return { name: INPUT_NAME, datatype: 'FP32', shape: [-1, ...imageShape(network, 'NHWC')] };
}

export function servedOutput({ embeddingValues }: NetworkShape): TensorDescription {
  return { name: OUTPUT_NAME, datatype: 'FP32', shape: [-1, embeddingValues] };
}
