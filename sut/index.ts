export type { ClosableSystemUnderTest } from './closableSystemUnderTest.js';
export {
  type Engine,
  type EngineModel,
  type EngineModule,
  type EngineOptions,
  MODEL_FORMATS,
  type ModelFile,
  type ModelFormat,
  type NetworkShape,
  PRECISIONS,
  type Precision,
} from './engine.js';
export { loadModel } from './loadModel.js';
export { type ModelInfo, readModelInfo } from './modelInfo/modelInfo.js';
export { inputValuesOf, PAIR_IMAGES, type PairInputs } from './pairInputs.js';
export type { Placement } from './placement.js';
export { SPHEREFACE20_SHAPE } from './sphereface20/network.js';
export {
  checkSystemUnderTest,
  createSystemUnderTest,
  listSystemsUnderTest,
  type SystemUnderTestListing,
  type SystemUnderTestOptions,
} from './systemsUnderTest.js';
export { type ImportedWeights, importWeights } from './weightsImport/importWeights.js';
