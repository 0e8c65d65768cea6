import { LoadGenError } from '../../base/errors.js';
import { sha256Of } from '../../platform/node/files.js';
import type { EngineModel, ModelFile, Precision } from '../engine.js';
import type { ModelFormat } from '../modelFormats.js';
import { SPHEREFACE20_SHAPE } from '../networks/sphereface20.js';
import { readModelFile } from '../readModelFile.js';
import { emitModel, rangesIn } from './emitModel.js';
import type { ModelForm } from './modelForm.js';
import { SPHEREFACE20 } from './network.js';
import { ACTIVATION_RANGES, OWN_WEIGHTS } from './ownFiles.js';
import { readWeights } from './readWeights.js';

interface WeightsFile {
  /** Of the model. */
  readonly name: string;
  /** Its path. */
  readonly file: string;
  readonly content: Uint8Array;
}

/**
 * The model of the weights that come with this project.
 *
 * @throws MODEL_READ if the file cannot be read
 * @throws MODEL_DIGEST if it was changed
 */
export async function loadOwnWeights(
  format: ModelFormat,
  precision: Precision,
  form?: ModelForm,
): Promise<EngineModel> {
  const { name, file, sha256 } = OWN_WEIGHTS;
  return modelFromWeights({ name, file, content: await readModelFile(file, sha256) }, format, precision, form);
}

/**
 * Sphereface-20 with these weights, in `format`.
 *
 * @throws MODEL_SAFETENSORS if the file is damaged
 * @throws MODEL_WEIGHTS if it holds other tensors
 * @throws MODEL_NOT_CALIBRATED if `precision` is int8 and the weights are not this project's
 */
export async function modelFromWeights(
  { name, file, content }: WeightsFile,
  format: ModelFormat,
  precision: Precision,
  form: ModelForm = {},
): Promise<EngineModel> {
  const weights = readWeights(content, file, SPHEREFACE20);
  const weightsSha256 = sha256Of(content);
  const activationRanges = precision === 'int8' ? await activationRangesFor(weightsSha256, file) : undefined;
  const files = emitModel(format, { weights, content, activationRanges, form });
  return { name, network: SPHEREFACE20_SHAPE, format, files, weightsSha256 };
}

/**
 * The file with the activation ranges of these weights.
 *
 * @throws MODEL_NOT_CALIBRATED if they belong to other weights
 */
async function activationRangesFor(found: string, weightsFile: string): Promise<ModelFile> {
  const activationRanges = { name: ACTIVATION_RANGES.name, content: await readModelFile(ACTIVATION_RANGES.file) };
  const expected = rangesIn(activationRanges).weightsSha256;
  if (found === expected) return activationRanges;
  throw new LoadGenError(
    'MODEL_NOT_CALIBRATED',
    `${weightsFile} has the SHA-256 ${found}: activation ranges for 8 bits are known for the weights ${expected} only`,
    { hint: 'Run these weights in fp32, or give a model that was quantised elsewhere, such as an .onnx file.' },
  );
}
