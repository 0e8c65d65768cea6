/** Engines and systems under test: what there is, and the interfaces that plugins keep. */

export { LoadGenError } from '../base/errors.js';
export {
  imagesAt,
  inputValuesOf,
  type NetworkShape,
  PAIR_IMAGES,
  type PairInputs,
  responseBytesOf,
} from '../base/pairLayout.js';
export type { QueryResponder, QuerySample, QuerySampleResponse, SystemUnderTest } from '../loadgen/systemUnderTest.js';
export { monotonicClock } from '../platform/node/monotonicClock.js';
export type { ClosableSystemUnderTest } from './closableSystemUnderTest.js';
export {
  type Engine,
  type EngineModel,
  type EngineModule,
  type EngineOptions,
  type ModelFile,
  type ModelFiles,
  PRECISIONS,
  type Precision,
} from './engine.js';
export { type LoadModelOptions, loadModel } from './loadModel.js';
export { MODEL_FORMATS, type ModelFormat } from './modelFormats.js';
export { type ModelInfo, readModelInfo } from './modelInfo/modelInfo.js';
export { NETWORKS, networkNamed } from './networks/index.js';
export type { Network } from './networks/network.js';
export type { Placement } from './placement.js';
export {
  type EnginePlugin,
  INTERFACE_VERSION,
  type SystemUnderTestPlugin,
  type SystemUnderTestPluginOptions,
} from './plugins/plugin.js';
export {
  checkSystemUnderTest,
  createSystemUnderTest,
  listSystemsUnderTest,
  type SystemUnderTestListing,
  type SystemUnderTestOptions,
} from './systemsUnderTest.js';
export { type ImportedWeights, importWeights } from './weightsImport/importWeights.js';
