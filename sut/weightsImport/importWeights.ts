import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { readModelFile } from '../readModelFile.js';
import { type Layer, SPHEREFACE20, weightShapes } from '../sphereface20/network.js';
import { checkWeights, safetensorsWeights } from '../sphereface20/readWeights.js';
import { writeSafetensors } from '../sphereface20/writeSafetensors.js';
import { readCaffeWeights } from './caffeWeights.js';
import type { SourceWeights } from './sourceWeights.js';
import { readTfliteWeights } from './tfliteWeights.js';
import { readTorchWeights } from './torchWeights.js';

/** A .safetensors file for `--model`, and where it comes from. Digests are in hexadecimal. */
export interface ImportedWeights {
  readonly sourceKind: string;
  readonly sourceSha256: string;
  readonly content: Uint8Array;
  readonly notices: readonly string[];
}

interface SourceKind {
  readonly name: string;
  readonly read: (content: Uint8Array, file: string, network: readonly Layer[]) => SourceWeights;
}

const TORCH: SourceKind = { name: 'PyTorch state dict', read: readTorchWeights };
const KINDS_BY_EXTENSION: ReadonlyMap<string, SourceKind> = new Map([
  ['.tflite', { name: 'TFLite', read: readTfliteWeights }],
  ['.caffemodel', { name: 'Caffe', read: readCaffeWeights }],
  ['.pth', TORCH],
  ['.pt', TORCH],
  [
    '.safetensors',
    {
      name: 'safetensors',
      read: (content, file) => ({ tensors: safetensorsWeights(content, file), notices: [] }),
    },
  ],
]);

/**
 * The weights of Sphereface-20 from a file of another program, in float32, which holds all values that are read exactly.
 * Throws `MODEL_*` and `TFLITE_FORMAT` errors that name the file.
 */
export async function importWeights(file: string): Promise<ImportedWeights> {
  const kind = KINDS_BY_EXTENSION.get(extname(file).toLowerCase());
  if (kind === undefined) {
    const extensions = [...KINDS_BY_EXTENSION.keys()].join(', ');
    throw new LoadGenError('MODEL_IMPORT', `${file} cannot be imported, expected a name that ends with ${extensions}`);
  }
  const source = await readModelFile(file);
  const sourceSha256 = createHash('sha256').update(source).digest('hex');
  const { tensors, notices } = kind.read(source, file, SPHEREFACE20);
  const weights = checkWeights(tensors, file, SPHEREFACE20);
  const named = weightShapes(SPHEREFACE20).map(({ name, shape }) => {
    const values = weights.get(name);
    if (values === undefined) throw new RangeError(`checked weights lack ${name}`);
    return { name, shape, values };
  });
  const content = writeSafetensors(named, { sourceKind: kind.name, sourceSha256 });
  return { sourceKind: kind.name, sourceSha256, content, notices };
}
