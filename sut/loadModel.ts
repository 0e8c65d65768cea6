import { basename } from 'node:path';
import { LoadGenError } from '../base/errors.js';
import { checkTfliteOrder } from '../tflite/checkTfliteOrder.js';
import type { EngineModel, EngineModule, ModelFiles, Precision } from './engine.js';
import { expectedName, formatOf, MODEL_FORMATS, type ModelFormat } from './modelFormats.js';
import { loadPublishedModel } from './networks/loadPublishedModel.js';
import type { Network } from './networks/network.js';
import { SPHEREFACE20_NETWORK } from './networks/sphereface20.js';
import { readExternalFiles } from './onnxExternalData.js';
import { checkModelContent, readFilesBeside, readModelFile } from './readModelFile.js';
import type { ModelForm } from './sphereface20/modelForm.js';
import { loadOwnWeights, modelFromWeights } from './sphereface20/modelFromWeights.js';
import { parseModelJson, weightFileNames } from './tfjs/modelJson.js';

export interface LoadModelOptions {
  /** Formats that the engine loads, the preferred one first. */
  readonly formats: EngineModule['formats'];
  /** A model's file to load. By default the network's own model, which has to be available in one of `formats`. */
  readonly file?: string | undefined;
  /** fp32 by default. For int8, weights come with the ranges of their activations, which are known for ours only. */
  readonly precision?: Precision | undefined;
  /** Sphereface-20 by default. */
  readonly network?: Network | undefined;
  /** How files are made of weights, where the format leaves it open. */
  readonly form?: ModelForm | undefined;
}

/**
 * Loads the model that an engine is to run. A .safetensors file has to hold all weights of Sphereface-20, and is converted
 * to the engine's first format; other files are loaded as they are and checked by the engine.
 *
 * @throws `MODEL_FORMAT` if the engine does not load such a file
 * @throws `MODEL_READ`, `MODEL_DIGEST`, `MODEL_UNAVAILABLE` if the model cannot be read or fetched
 * @throws `MODEL_SAFETENSORS`, `MODEL_WEIGHTS`, `MODEL_NOT_CALIBRATED` if the weights are not usable
 * @throws `TFLITE_FORMAT`, `TFJS_MODEL_REFUSED`, `ONNX_FORMAT` if the file is damaged
 */
export async function loadModel({
  formats,
  file,
  precision = 'fp32',
  network = SPHEREFACE20_NETWORK,
  form,
}: LoadModelOptions): Promise<EngineModel> {
  const { source } = network;
  if (file !== undefined) return loadUserModel(file, formats, precision, network, form);
  return source.type === 'file' ? loadPublishedModel(network, source) : loadOwnWeights(formats[0], precision, form);
}

async function loadUserModel(
  file: string,
  formats: EngineModule['formats'],
  precision: Precision,
  network: Network,
  form: ModelForm | undefined,
): Promise<EngineModel> {
  const content = await readModelFile(file);
  checkModelContent(content, file);
  // A .safetensors file holds weights alone: it is a model only of the network whose layers this project knows.
  const accepted = MODEL_FORMATS.filter((format) =>
    format === 'safetensors' ? network.source.type === 'weights' : formats.includes(format),
  );
  const format = formatOf(file, MODEL_FORMATS);
  if (format === undefined) throw wrongFormatError(`${file} is no model`, accepted);
  if (format === 'tflite') checkTfliteOrder(content, file);
  if (!accepted.includes(format)) {
    throw wrongFormatError(`${file} is not for ${network.name} on this engine`, accepted);
  }
  const name = `model from ${basename(file)}`;
  if (format === 'safetensors') return modelFromWeights({ name, file, content }, formats[0], precision, form);
  const files = await modelFiles(format, content, file);
  return { name, network: network.shape, format, files };
}

/** All files of a model, the main one, of this content, first. Throws as `loadModel` does. */
export async function modelFiles(format: ModelFormat, content: Uint8Array, file: string): Promise<ModelFiles> {
  const main = { name: basename(file), content };
  if (format === 'tfjs') {
    return [main, ...(await readFilesBeside(file, weightFileNames(parseModelJson(content, file))))];
  }
  return format === 'onnx' ? [main, ...(await readExternalFiles(content, file))] : [main];
}

function wrongFormatError(found: string, accepted: readonly ModelFormat[]): LoadGenError {
  const expected = accepted.length === 0 ? 'another engine' : expectedName(accepted);
  return new LoadGenError('MODEL_FORMAT', `${found}, expected ${expected}`);
}
