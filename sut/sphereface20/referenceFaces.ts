import { LoadGenError } from '../../base/errors.js';
import { INPUT_CHANNELS, SPHEREFACE20_NETWORK } from '../networks/sphereface20.js';
import { decodeFloats } from './decodeFloats.js';
import { parseSafetensors } from './safetensors.js';

export interface ReferenceFaces {
  /** Network inputs, one face after the other. */
  readonly inputs: Float32Array;
  /** The embedding of each. */
  readonly embeddings: Float32Array;
}

/**
 * Faces and embeddings from the content of reference.safetensors; `file` stands in errors.
 *
 * @throws `MODEL_SAFETENSORS` if the file is damaged or lacks a tensor
 */
export function parseReferenceFaces(content: Uint8Array, file: string): ReferenceFaces {
  const tensors = parseSafetensors(content, file);
  const faces = tensors.get('faces');
  const embeddings = tensors.get('embeddings');
  if (faces?.dtype !== 'U8' || embeddings?.dtype !== 'F32') {
    throw new LoadGenError('MODEL_SAFETENSORS', `${file}: expected the tensors faces, U8, and embeddings, F32`);
  }
  const { offset, divisor } = SPHEREFACE20_NETWORK.arithmetic;
  const inputs = new Float32Array(faces.bytes.length);
  for (const [i, value] of faces.bytes.entries()) {
    const channel = i % INPUT_CHANNELS;
    // From R, G, B to B, G, R.
    inputs[i - channel + (INPUT_CHANNELS - 1 - channel)] = (value - offset) / divisor;
  }
  return { inputs, embeddings: decodeFloats('F32', embeddings.bytes) };
}
