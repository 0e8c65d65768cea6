import type { ModelFile } from '../engine.js';
import { readFilesBeside } from '../readModelFile.js';
import { parseModelJson, weightFileNames } from './modelJson.js';

/**
 * The files with the weights of a `model.json`, which lie beside it. `content` is that of `file`.
 *
 * @throws TFJS_MODEL_REFUSED if `content` is no graph model
 * @throws MODEL_READ, MODEL_FORMAT as `readFilesBeside`
 */
export async function readWeightFiles(content: Uint8Array, file: string): Promise<ModelFile[]> {
  return readFilesBeside(file, weightFileNames(parseModelJson(content, file)));
}
