import { join } from 'node:path';
import { defaultCacheFolder } from '../base/cacheFolder.js';
import { elementAt } from '../base/elementAt.js';
import type { FaceFrame } from './alignment/alignFace.js';
import { type Dataset, type DatasetOptions, findDataset } from './datasets/dataset.js';
import { relativeImagePath } from './datasets/pairs.js';
import { loadMtcnnNetworks } from './detection/mtcnnFiles.js';
import type { Fault } from './faults.js';
import { readImageFile } from './preprocessing/imageFile.js';
import type { ImageOutcome } from './preprocessing/preprocessImage.js';
import { type PreprocessingOptions, preprocessImages } from './preprocessing/preprocessImages.js';
import { readStore, type StoreAddress, writeStore } from './store/faceStore.js';

/** Below this score of MTCNN's last network a face is counted as uncertain. */
const LOW_SCORE = 0.9;

export interface PreprocessDatasetOptions extends DatasetOptions, PreprocessingOptions {
  /** What faces are aligned into. */
  readonly frame: FaceFrame;
}

export interface PreprocessedDataset {
  readonly dataset: Dataset;
  /** What came of each distinct image of the pairs, by its path below the data set's folder. */
  readonly outcomes: ReadonlyMap<string, ImageOutcome>;
  readonly report: PreprocessingReport;
}

/** Counts for logs and people. */
export interface PreprocessingReport {
  readonly imageCount: number;
  readonly faceCount: number;
  /** Images with more than one face, of which the large and central one was taken. */
  readonly severalFacesCount: number;
  /** Faces of which MTCNN is less than 90 % sure. */
  readonly lowScoreCount: number;
  /** Images that could not be read, or have no face. */
  readonly faults: readonly Fault[];
  /** Whether all was there from an earlier run. */
  readonly fromStore: boolean;
}

/**
 * Finds and aligns the faces of a data set, or takes them from an earlier run if nothing they were made from has
 * changed. Images without a face are not an error here: they are in the report.
 *
 * @throws LoadGenError as `findDataset`, `loadMtcnnNetworks` and `preprocessImages` do
 */
export async function preprocessDataset(options: PreprocessDatasetOptions): Promise<PreprocessedDataset> {
  const cacheFolder = options.cacheFolder ?? defaultCacheFolder();
  const dataset = await findDataset(options);
  const imagePaths = [...new Set(dataset.pairs.flatMap(({ a, b }) => [relativeImagePath(a), relativeImagePath(b)]))];
  const address = {
    storeFolder: join(cacheFolder, 'faces'),
    imageFolder: dataset.imageFolder,
    imagePaths,
    frame: options.frame,
  };
  const stored = await readUnchanged(address);
  const outcomes = stored ?? (await preprocessAndStore(address, cacheFolder, options));
  return {
    dataset,
    outcomes: new Map(outcomes.map((outcome, index) => [elementAt(imagePaths, index), outcome])),
    report: reportOf(outcomes, stored !== undefined),
  };
}

async function preprocessAndStore(
  address: StoreAddress,
  cacheFolder: string,
  options: PreprocessingOptions,
): Promise<ImageOutcome[]> {
  const networks = await loadMtcnnNetworks(cacheFolder, options.signal);
  const files = address.imagePaths.map((path) => join(address.imageFolder, path));
  const outcomes = await preprocessImages(files, networks, address.frame, options);
  await writeStore(address, outcomes);
  return outcomes;
}

/** The stored outcomes, if every image's file is still what it was. */
async function readUnchanged(address: StoreAddress): Promise<ImageOutcome[] | undefined> {
  const outcomes = await readStore(address);
  for (const [index, outcome] of outcomes?.entries() ?? []) {
    const file = await readImageFile(join(address.imageFolder, elementAt(address.imagePaths, index)));
    if (outcome.sha256 !== ('fault' in file ? null : file.sha256)) return undefined;
  }
  return outcomes;
}

function reportOf(outcomes: readonly ImageOutcome[], fromStore: boolean): PreprocessingReport {
  const faces = outcomes.flatMap((outcome) => ('fault' in outcome ? [] : [outcome]));
  return {
    imageCount: outcomes.length,
    faceCount: faces.length,
    severalFacesCount: faces.filter(({ faceCount }) => faceCount > 1).length,
    lowScoreCount: faces.filter(({ score }) => score < LOW_SCORE).length,
    faults: outcomes.flatMap((outcome) => ('fault' in outcome ? [outcome.fault] : [])),
    fromStore,
  };
}
