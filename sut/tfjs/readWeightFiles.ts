import { dirname, join } from 'node:path';
import type { ModelFile } from '../engine.js';
import { readModelFile } from '../readModelFile.js';
import { modelRefusedError, parseModelJson, weightFileNames } from './modelJson.js';

const MAX_WEIGHT_BYTES = 1 << 30;

/**
 * The files with the weights of a `model.json`, which lie beside it, at most 1 GiB together. `content` is that of
 * `file`.
 *
 * @throws TFJS_MODEL_REFUSED if `content` is no graph model, or the weights are too large
 * @throws MODEL_READ if a file cannot be read
 */
export async function readWeightFiles(content: Uint8Array, file: string): Promise<ModelFile[]> {
  const files: ModelFile[] = [];
  let bytes = 0;
  for (const name of weightFileNames(parseModelJson(content, file))) {
    const weights = await readModelFile(join(dirname(file), name));
    bytes += weights.length;
    if (bytes > MAX_WEIGHT_BYTES) {
      throw modelRefusedError(`the weights of ${file} are over ${MAX_WEIGHT_BYTES} bytes`);
    }
    files.push({ name, content: weights });
  }
  return files;
}
