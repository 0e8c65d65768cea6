import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoadGenError } from '../base/errors.js';
import { checkTfliteIdentifier } from '../tflite/checkTfliteIdentifier.js';
import type { EngineModel } from './engine.js';
import { readModelFile } from './readModelFile.js';
import { emitTflite } from './sphereface20/emitTflite.js';
import { SPHEREFACE20 } from './sphereface20/network.js';
import { readWeights } from './sphereface20/readWeights.js';

const OUR_WEIGHTS = {
  file: fileURLToPath(new URL('../../sut/sphereface20/weights/sphereface20.safetensors', import.meta.url)),
  sha256: 'e7cebb87a4b5ad4f7c9df4948726222b6de6f69f7c9c67ae8395ecb7aefe276b',
  name: 'Sphereface-20, weights trained by this project',
};

/**
 * The network that is run: from a user's .tflite or .safetensors file, or without one the weights that come with this
 * project. A .safetensors file has to hold all weights of Sphereface-20; what a .tflite file holds, its engine checks.
 * Throws `MODEL_*` and `TFLITE_FORMAT` errors that name the file.
 */
export async function loadModel(file?: string): Promise<EngineModel> {
  if (file === undefined) {
    const content = await readModelFile(OUR_WEIGHTS.file, OUR_WEIGHTS.sha256);
    return { name: OUR_WEIGHTS.name, tflite: tfliteFromWeights(content, OUR_WEIGHTS.file) };
  }
  const content = await readModelFile(file);
  const name = `model from ${basename(file)}`;
  switch (extname(file).toLowerCase()) {
    case '.tflite':
      checkTfliteIdentifier(content, file);
      return { name, tflite: content };
    case '.safetensors':
      return { name, tflite: tfliteFromWeights(content, file) };
    default:
      throw new LoadGenError(
        'MODEL_FORMAT',
        `${file} is no model: its name ends with neither .tflite nor .safetensors`,
      );
  }
}

function tfliteFromWeights(content: Uint8Array, file: string): Uint8Array {
  return emitTflite(SPHEREFACE20, readWeights(content, file, SPHEREFACE20), 1);
}
