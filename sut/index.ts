export type { ClosableSystemUnderTest } from './closableSystemUnderTest.js';
export type { Engine, EngineModel, EngineModule } from './engine.js';
export { type PairInputs, RESPONSE_BYTES } from './pairInputs.js';
export {
  checkSystemUnderTest,
  createSystemUnderTest,
  listSystemsUnderTest,
  type SystemUnderTestListing,
  type SystemUnderTestOptions,
} from './systemsUnderTest.js';
