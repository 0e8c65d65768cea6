export type { ClosableSystemUnderTest } from './closableSystemUnderTest.js';
export {
  type Engine,
  type EngineModel,
  type EngineModule,
  type EngineOptions,
  type ModelFile,
  type ModelFormat,
  type NetworkShape,
  PRECISIONS,
  type Precision,
} from './engine.js';
export { EXPORT_FORMATS, loadModel } from './loadModel.js';
export { type ModelInfo, readModelInfo } from './modelInfo/modelInfo.js';
export type { PairInputs } from './pairInputs.js';
export type { Placement } from './placement.js';
export {
  checkSystemUnderTest,
  createSystemUnderTest,
  listSystemsUnderTest,
  type SystemUnderTestListing,
  type SystemUnderTestOptions,
} from './systemsUnderTest.js';
