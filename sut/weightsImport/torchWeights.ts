import type { WeightTensor } from '../sphereface20/readWeights.js';
import { importError, type SourceWeights } from './sourceWeights.js';
import { torchLegacyWeights } from './torchLegacy.js';
import { torchZipWeights } from './torchZip.js';

const ZIP_START = [0x50, 0x4b, 0x03, 0x04];
/** The opcode that names the protocol. */
const PICKLE_START = 0x80;

/**
 * The tensors of a state dict that PyTorch saved, but for those of the classifier that training puts behind the
 * network. Nothing of the file is run.
 *
 * @throws MODEL_IMPORT if the file holds anything else, or is damaged
 */
export function readTorchWeights(content: Uint8Array, file: string): SourceWeights {
  const tensors = torchTensorsOf(content, file);
  const classifier = [...tensors.keys()].filter((name) => name.startsWith('fc6.'));
  for (const name of classifier) tensors.delete(name);
  return { tensors, notices: classifier.map((name) => `${name}, of the classifier used in training, is left out`) };
}

function torchTensorsOf(content: Uint8Array, file: string): Map<string, WeightTensor> {
  if (ZIP_START.every((byte, i) => content[i] === byte)) return torchZipWeights(content, file);
  if (content[0] === PICKLE_START) return torchLegacyWeights(content, file);
  const found = Buffer.from(content.subarray(0, 4)).toString('hex');
  throw importError(file, `it starts with the bytes ${found || 'none'}, expected 504b0304 (zip) or 80 (pickle)`);
}
