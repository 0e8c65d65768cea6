/**
 * Engines and systems under test: those that come with this project, and the interfaces that plugins implement.
 *
 * @module
 */

export { LoadGenError } from '../base/errors.js';
export {
  type FaceFrame,
  type InputArithmetic,
  imagesAt,
  inputValuesOf,
  type NetworkInput,
  type NetworkShape,
  PAIR_IMAGES,
  type PairInputs,
  responseBytesOf,
} from '../base/pairLayout.js';
export type { QueryResponder, QuerySample, QuerySampleResponse, SystemUnderTest } from '../loadgen/systemUnderTest.js';
export { monotonicClock } from '../platform/node/monotonicClock.js';
export type { NpmPackage } from '../platform/node/npmPackageFiles.js';
export type { ClosableSystemUnderTest, SystemConfiguration } from './closableSystemUnderTest.js';
export {
  type Engine,
  type EngineModel,
  type EngineModule,
  type EngineOptions,
  type InputLayout,
  type ModelFile,
  type ModelFiles,
  PRECISIONS,
  type Precision,
} from './engine.js';
export { listSystemsUnderTest, type SystemUnderTestListing } from './listSystemsUnderTest.js';
export { type LoadModelOptions, loadModel } from './loadModel.js';
export { MODEL_FORMATS, type ModelFormat } from './modelFormats.js';
export { networkNamed } from './networks/index.js';
export {
  type ModelSource,
  type Network,
  networkInputOf,
  type PublishedFile,
  type WeightsOfThisProject,
} from './networks/network.js';
export { IN_THREAD, type Placement } from './placement.js';
export {
  defineEngine,
  defineSystemUnderTest,
  type EnginePlugin,
  INTERFACE_VERSION,
  type SystemUnderTestPlugin,
  type SystemUnderTestPluginOptions,
} from './plugins/plugin.js';
export type { ModelForm } from './sphereface20/modelForm.js';
export {
  createSystemUnderTest,
  createVerifiedSystemUnderTest,
  type SystemUnderTestOptions,
  type VerifiedSystemOptions,
} from './systemsUnderTest.js';
export type { TargetOptions, Targets } from './targets.js';
