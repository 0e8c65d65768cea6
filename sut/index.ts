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
export { NETWORKS, networkNamed } from './networks/index.js';
export type { Network } from './networks/network.js';
export type { PairInputs } from './pairInputs.js';
export type { Placement } from './placement.js';
export {
  checkSystemUnderTest,
  createSystemUnderTest,
  listSystemsUnderTest,
  type SystemUnderTestListing,
  type SystemUnderTestOptions,
} from './systemsUnderTest.js';
