import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ACTIVATION_RANGES, OWN_WEIGHTS, REFERENCE_FACES } from '../../sut/sphereface20/ownFiles.js';
import { parseReferenceFaces, type ReferenceFaces } from '../../sut/sphereface20/referenceFaces.js';

export const WEIGHTS_FILE = pathToFileURL(OWN_WEIGHTS.file);

export const ACTIVATION_RANGES_FILE = pathToFileURL(ACTIVATION_RANGES.file);

export const FACE_COUNT = 16;

/** The 16 faces of reference.safetensors as network inputs, and the embedding that PyTorch computed for each. */
export function referenceFaces(): ReferenceFaces {
  return parseReferenceFaces(readFileSync(REFERENCE_FACES.file), REFERENCE_FACES.file);
}
