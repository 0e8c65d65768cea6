import { concatBytes } from '../../base/bytes.js';
import { modelConfiguration, type SystemConfiguration } from '../../sut/closableSystemUnderTest.js';
import type { EngineModel } from '../../sut/engine.js';
import type { ModelFormat } from '../../sut/modelFormats.js';
import { emitModel } from '../../sut/sphereface20/emitModel.js';
import { SPHEREFACE20, SPHEREFACE20_SHAPE } from '../../sut/sphereface20/network.js';
import { readWeights } from '../../sut/sphereface20/readWeights.js';
import { FILE, type Manifest } from '../shared/manifest.js';
import { type FileLoader, sha256Of } from './fileLoader.js';

export interface MadeModel {
  readonly model: EngineModel;
  /** What logs say of it. */
  readonly configuration: SystemConfiguration;
}

/**
 * The model that an engine runs, made here of the weights: every engine loads the same ones.
 *
 * @param onMaking is called when all is here that it is made of
 */
export async function makeModel(
  format: ModelFormat,
  { model: { name, weightsSha256 } }: Pick<Manifest, 'model'>,
  loader: FileLoader,
  onMaking: () => void,
): Promise<MadeModel> {
  const content = await loader.load(FILE.weights);
  onMaking();
  const weights = readWeights(content, FILE.weights, SPHEREFACE20);
  const files = emitModel(format, { weights, content, activationRanges: undefined, form: {} });
  const model: EngineModel = { name, network: SPHEREFACE20_SHAPE, format, files, weightsSha256 };
  const bytes = concatBytes(files.map((file) => file.content));
  const sha256 = isSecureContext ? await sha256Of(bytes) : 'unknown: the page was not secure';
  return { model, configuration: modelConfiguration(model, sha256) };
}
