import { LoadGenError } from '../../base/errors.js';
import { sha256Of } from '../../platform/node/files.js';
import { expectedName, formatOf } from '../modelFormats.js';
import { checkModelContent, readModelFile } from '../readModelFile.js';
import { type Layer, SPHEREFACE20, weightShapes } from '../sphereface20/network.js';
import { checkWeights, safetensorsWeights, tensorOf } from '../sphereface20/readWeights.js';
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

interface Source {
  readonly kind: string;
  readonly read: (content: Uint8Array, file: string, network: readonly Layer[]) => SourceWeights;
}

const FORMATS = ['tflite', 'caffe', 'torch', 'safetensors'] as const;

const SOURCES: Readonly<Record<(typeof FORMATS)[number], Source>> = {
  tflite: { kind: 'TFLite', read: readTfliteWeights },
  caffe: { kind: 'Caffe', read: readCaffeWeights },
  torch: { kind: 'PyTorch state dict', read: readTorchWeights },
  safetensors: {
    kind: 'safetensors',
    read: (content, file) => ({ tensors: safetensorsWeights(content, file), notices: [] }),
  },
};

/**
 * Reads the weights of Sphereface-20 from another program's file. They become float32, which holds all values exactly.
 *
 * @throws MODEL_READ, MODEL_IMPORT, MODEL_SAFETENSORS, MODEL_WEIGHTS, TFLITE_FORMAT if the file cannot be read or
 * imported; the message names it
 */
export async function importWeights(file: string): Promise<ImportedWeights> {
  const format = formatOf(file, FORMATS);
  if (format === undefined) {
    throw new LoadGenError('MODEL_IMPORT', `${file} cannot be imported, expected ${expectedName(FORMATS)}`);
  }
  const { kind, read } = SOURCES[format];
  const source = await readModelFile(file);
  // What PyTorch saves is an archive itself.
  checkModelContent(source, file, format === 'torch' ? ['pointer', 'page'] : undefined);
  const sourceSha256 = sha256Of(source);
  const { tensors, notices } = read(source, file, SPHEREFACE20);
  const weights = checkWeights(tensors, file, SPHEREFACE20);
  const named = weightShapes(SPHEREFACE20).map(({ name, shape }) => ({ name, shape, values: tensorOf(weights, name) }));
  const content = writeSafetensors(named, { sourceKind: kind, sourceSha256 });
  return { sourceKind: kind, sourceSha256, content, notices };
}
