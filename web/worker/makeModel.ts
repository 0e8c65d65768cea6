import { concatBytes } from '../../base/arrays.js';
import { modelConfiguration, type SystemConfiguration } from '../../sut/closableSystemUnderTest.js';
import type { EngineModel, ModelFiles, Precision } from '../../sut/engine.js';
import type { ModelFormat } from '../../sut/modelFormats.js';
import { SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';
import { emitModel } from '../../sut/sphereface20/emitModel.js';
import { SPHEREFACE20 } from '../../sut/sphereface20/network.js';
import { readWeights } from '../../sut/sphereface20/readWeights.js';
import { FILE, INT8_MODELS, type Manifest } from '../shared/manifest.js';
import { type FileLoader, sha256Of } from './fileLoader.js';

export interface MadeModel {
  readonly model: EngineModel;
  /** What logs say of it. */
  readonly configuration: SystemConfiguration;
}

interface WantedModel {
  readonly format: ModelFormat;
  readonly precision: Precision;
}

/**
 * The model that an engine runs: made here of the weights, which all engines load, in fp32; as it comes in int8.
 *
 * @param onMaking is called when all is here that it is made of
 */
export async function makeModel(
  wanted: WantedModel,
  { model: { name, weightsSha256 } }: Pick<Manifest, 'model'>,
  loader: FileLoader,
  onMaking: () => void,
): Promise<MadeModel> {
  const files = wanted.precision === 'int8' ? await loadInt8(wanted, loader) : await emit(wanted, loader, onMaking);
  const model: EngineModel = { name, network: SPHEREFACE20_SHAPE, format: wanted.format, files, weightsSha256 };
  const bytes = concatBytes(files.map((file) => file.content));
  const sha256 = isSecureContext ? await sha256Of(bytes) : 'unknown: the page was not secure';
  return { model, configuration: modelConfiguration(model, sha256) };
}

async function emit({ format }: WantedModel, loader: FileLoader, onMaking: () => void): Promise<ModelFiles> {
  const content = await loader.load(FILE.weights);
  onMaking();
  const weights = readWeights(content, FILE.weights, SPHEREFACE20);
  return emitModel(format, { weights, content, activationRanges: undefined, form: {} });
}

async function loadInt8({ format }: WantedModel, loader: FileLoader): Promise<ModelFiles> {
  if (format !== 'tflite' && format !== 'onnx') throw new RangeError(`there is no model in int8 as ${format}`);
  const name = INT8_MODELS[format];
  return [{ name, content: await loader.load(name) }];
}
