import { readFileSync } from 'node:fs';
import { INPUT_VALUES } from '../../sut/sphereface20/network.js';
import { parseSafetensors } from '../../sut/sphereface20/safetensors.js';

const WEIGHTS_FOLDER = new URL('../../../sut/sphereface20/weights/', import.meta.url);
export const WEIGHTS_FILE = new URL('sphereface20.safetensors', WEIGHTS_FOLDER);

export const ACTIVATION_RANGES_FILE = new URL('activationRanges.json', WEIGHTS_FOLDER);

export const FACE_COUNT = 16;

/** The 16 faces of reference.safetensors as network inputs, and the embedding that PyTorch computed for each. */
export function referenceFaces(): { inputs: Float32Array; embeddings: Float32Array } {
  const file = 'reference.safetensors';
  const tensors = parseSafetensors(readFileSync(new URL(file, WEIGHTS_FOLDER)), file);
  const faces = tensors.get('faces');
  const embeddings = tensors.get('embeddings');
  if (faces === undefined || embeddings === undefined) throw new Error(`${file} lacks a tensor`);
  const inputs = new Float32Array(FACE_COUNT * INPUT_VALUES);
  const channels = 3;
  for (const [i, value] of faces.bytes.entries()) {
    const channel = i % channels;
    // From R, G, B to B, G, R.
    inputs[i - channel + (channels - 1 - channel)] = (value - 128) / 127.5;
  }
  return { inputs, embeddings: new Float32Array(new Uint8Array(embeddings.bytes).buffer) };
}
