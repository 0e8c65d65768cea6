export type { FaceFrame } from './alignment/alignFace.js';
export { FETCHED_DATASETS, SYNTHETIC_DATASET } from './datasets/datasetFolder.js';
export type { ImageName, ImagePair } from './datasets/pairs.js';
export { fetchMtcnn } from './detection/mtcnnFiles.js';
export { type FacePair, FacePairLibrary, type FacePairLibraryOptions } from './facePairLibrary.js';
export type { Fault } from './faults.js';
export type { InputArithmetic, NetworkInput } from './networkInput.js';
export { type OpenDatasetOptions, type OpenedDataset, openDataset, type SkippedPair } from './openDataset.js';
export {
  type PreprocessDatasetOptions,
  type PreprocessedDataset,
  type PreprocessingReport,
  preprocessDataset,
} from './preprocessDataset.js';
export type { ImageOutcome } from './preprocessing/preprocessImage.js';
