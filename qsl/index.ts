/**
 * Face pairs as a query sample library: data sets are found, faces detected and aligned, and their pairs loaded into
 * memory as a network takes them.
 *
 * @module
 */

export type { FaceFrame, InputArithmetic, NetworkInput } from '../base/pairLayout.js';
export { SYNTHETIC_DATASET } from './datasets/datasetFolder.js';
export type { ImageName } from './datasets/imageName.js';
export type { ImagePair } from './datasets/pairList.js';
export { FacePairLibrary, type FacePairLibraryOptions } from './facePairLibrary.js';
export type { Fault } from './faults.js';
export { type OpenDatasetOptions, type OpenedDataset, openDataset, type SkippedPair } from './openDataset.js';
export { type FacePair, type Faces, PairLibrary, type PairLibraryOptions } from './pairLibrary.js';
export type { PreprocessingReport } from './preprocessing/report.js';
