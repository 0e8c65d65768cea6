import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoadGenError, messageOf } from '../base/errors.js';
import { checkTfliteIdentifier } from '../tflite/checkTfliteIdentifier.js';
import type { EngineModel } from './engine.js';
import { emitTflite } from './sphereface20/emitTflite.js';
import { SPHEREFACE20 } from './sphereface20/network.js';
import { readWeights } from './sphereface20/readWeights.js';

const OUR_WEIGHTS = {
  file: fileURLToPath(new URL('../../sut/sphereface20/weights/sphereface20.safetensors', import.meta.url)),
  sha256: 'e7cebb87a4b5ad4f7c9df4948726222b6de6f69f7c9c67ae8395ecb7aefe276b',
  name: 'Sphereface-20, weights trained by this project',
};
const MAX_FILE_BYTES = 1 << 30;

/**
 * The network that is run: from a user's .tflite or .safetensors file, or without one the weights that come with this
 * project. A .safetensors file has to hold all weights of Sphereface-20; what a .tflite file holds, its engine checks.
 * Throws `MODEL_*` and `TFLITE_FORMAT` errors that name the file.
 */
export async function loadModel(file?: string): Promise<EngineModel> {
  if (file === undefined) {
    const content = await readOurWeights();
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

async function readOurWeights(): Promise<Uint8Array> {
  const { file, sha256 } = OUR_WEIGHTS;
  const content = await readModelFile(file);
  const found = createHash('sha256').update(content).digest('hex');
  if (found === sha256) return content;
  throw new LoadGenError('MODEL_DIGEST', `${file} has the SHA-256 ${found}, expected ${sha256}`, {
    hint: 'The weights that come with this project were changed or damaged: install the package, or check it out, anew.',
  });
}

async function readModelFile(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size <= MAX_FILE_BYTES) return await readFile(file);
    throw new LoadGenError('MODEL_READ', `${file} has ${size} bytes, expected at most ${MAX_FILE_BYTES}`);
  } catch (cause) {
    if (cause instanceof LoadGenError) throw cause;
    throw new LoadGenError('MODEL_READ', `the model ${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
