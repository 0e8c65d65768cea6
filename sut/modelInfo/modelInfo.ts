import { LoadGenError } from '../../base/errors.js';
import { sha256Of } from '../../platform/node/files.js';
import type { ModelFile } from '../engine.js';
import { modelFiles } from '../loadModel.js';
import { expectedName, formatOf, MODEL_FORMATS, type ModelFormat } from '../modelFormats.js';
import { checkModelContent, readModelFile } from '../readModelFile.js';
import { parseSafetensors } from '../sphereface20/safetensors.js';
import { type NetworkInfo, valuesIn } from './networkInfo.js';
import { onnxInfo } from './onnxInfo.js';
import { tfjsInfo } from './tfjsInfo.js';
import { tfliteInfo } from './tfliteInfo.js';

export interface ModelInfo extends NetworkInfo {
  readonly format: ModelFormat;
  /** The main one first. */
  readonly files: readonly ModelFile[];
}

const READERS: Readonly<Record<ModelFormat, (content: Uint8Array, file: string) => NetworkInfo>> = {
  tfjs: tfjsInfo,
  onnx: onnxInfo,
  safetensors: safetensorsInfo,
  tflite: tfliteInfo,
};

/**
 * Describes a model's file without running it.
 *
 * @throws `MODEL_FORMAT` if its name is not that of a model, `MODEL_READ` if it cannot be read
 * @throws `ONNX_FORMAT`, `TFLITE_FORMAT`, `TFJS_MODEL_REFUSED`, `MODEL_SAFETENSORS` if it is damaged
 */
export async function readModelInfo(file: string): Promise<ModelInfo> {
  const format = formatOf(file, MODEL_FORMATS);
  if (format === undefined) {
    throw new LoadGenError('MODEL_FORMAT', `${file} is no model, expected ${expectedName(MODEL_FORMATS)}`);
  }
  const content = await readModelFile(file);
  checkModelContent(content, file);
  return { format, ...READERS[format](content, file), files: await modelFiles(format, content, file) };
}

/** Weights alone: no inputs, outputs or operators. */
function safetensorsInfo(content: Uint8Array, file: string): NetworkInfo {
  const shapes = [...parseSafetensors(content, file).values()].map(({ shape }) => shape);
  return { inputs: [], outputs: [], operators: {}, parameters: valuesIn(shapes) };
}

/** What is said of a model's file. */
export function modelFileFacts({ name, content }: ModelFile): { name: string; bytes: number; sha256: string } {
  return { name, bytes: content.length, sha256: sha256Of(content) };
}
