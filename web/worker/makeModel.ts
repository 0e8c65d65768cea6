import { concatBytes } from '../../base/bytes.js';
import { modelConfiguration, type SystemConfiguration } from '../../sut/closableSystemUnderTest.js';
import type { EngineModel, Precision } from '../../sut/engine.js';
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
 * The model that an engine runs. In floating point it is made here, of the weights, which are half as large as any file
 * of it; in 8 bits it comes as a file.
 *
 * @param onMaking is called when all is here that it is made of
 */
export async function makeModel(
  format: ModelFormat,
  precision: Precision,
  { model: { name, weightsSha256 } }: Pick<Manifest, 'model'>,
  loader: FileLoader,
  onMaking: () => void,
): Promise<MadeModel> {
  const content = await loader.load(precision === 'int8' ? FILE.int8Onnx : FILE.weights);
  onMaking();
  const files =
    precision === 'int8'
      ? ([{ name: 'sphereface20.onnx', content }] as const)
      : emitModel(format, {
          weights: readWeights(content, FILE.weights, SPHEREFACE20),
          content,
          activationRanges: undefined,
          form: {},
        });
  const model: EngineModel = { name, network: SPHEREFACE20_SHAPE, format, files, weightsSha256 };
  const bytes = concatBytes(files.map((file) => file.content));
  const sha256 = isSecureContext ? await sha256Of(bytes) : 'unknown: the page was not secure';
  return { model, configuration: modelConfiguration(model, sha256) };
}
