import { basename, extname } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import type { ModelFile, ModelFormat } from '../engine.js';
import { readModelFile } from '../readModelFile.js';
import { readWeightFiles } from '../tfjs/readWeightFiles.js';
import type { NetworkInfo } from './networkInfo.js';
import { onnxInfo } from './onnxInfo.js';
import { safetensorsInfo } from './safetensorsInfo.js';
import { tfjsInfo } from './tfjsInfo.js';
import { tfliteInfo } from './tfliteInfo.js';

export interface ModelInfo extends NetworkInfo {
  readonly format: ModelFormat;
  /** The main one first. */
  readonly files: readonly ModelFile[];
}

type ReadInfo = (content: Uint8Array, file: string) => NetworkInfo;

/** By the end of the file's name. */
const READERS: Readonly<Record<string, { readonly format: ModelFormat; readonly read: ReadInfo }>> = {
  '.json': { format: 'tfjs', read: tfjsInfo },
  '.onnx': { format: 'onnx', read: onnxInfo },
  '.safetensors': { format: 'safetensors', read: safetensorsInfo },
  '.tflite': { format: 'tflite', read: tfliteInfo },
};

/**
 * What there is to know of a model's file without running it. Throws `MODEL_*`, `ONNX_FORMAT`,
 * `TFLITE_FORMAT` and `TFJS_MODEL_REFUSED`.
 */
export async function readModelInfo(file: string): Promise<ModelInfo> {
  const reader = READERS[extname(file).toLowerCase()];
  if (reader === undefined) {
    const extensions = Object.keys(READERS).join(' or ');
    throw new LoadGenError('MODEL_FORMAT', `${file} is no model, expected a name that ends with ${extensions}`);
  }
  const content = await readModelFile(file);
  const info = reader.read(content, file);
  const others = reader.format === 'tfjs' ? await readWeightFiles(content, file) : [];
  return { format: reader.format, ...info, files: [{ name: basename(file), content }, ...others] };
}
