import { join } from 'node:path';
import { elementAt } from '../base/arrays.js';
import type { FaceFrame } from '../base/pairLayout.js';
import { defaultCacheFolder } from '../platform/node/cacheFolder.js';
import { type Dataset, type DatasetOptions, findDataset } from './datasets/dataset.js';
import { relativeImagePath } from './datasets/imageName.js';
import { loadMtcnnNetworks } from './detection/mtcnnFiles.js';
import type { ImageOutcome } from './preprocessing/preprocessImage.js';
import { type PreprocessingOptions, preprocessImages } from './preprocessing/preprocessImages.js';
import { type PreprocessingReport, reportOf } from './preprocessing/report.js';
import { readStore, type StoreAddress, type StoredImage, writeStore } from './store/faceStore.js';
import { stampOf, takeUnchanged } from './store/fileStamp.js';
import { PartialStore, readParts, removeParts } from './store/partialStore.js';
import { readShippedFaces } from './store/shippedFaces.js';

export interface PreprocessDatasetOptions extends DatasetOptions, PreprocessingOptions {
  /** What faces are aligned into. */
  readonly frame: FaceFrame;
  /** Reads every image of a store again, not only those whose size or times have changed. */
  readonly verify?: boolean | undefined;
}

export interface PreprocessedDataset {
  readonly dataset: Dataset;
  /** What came of each distinct image of the pairs, by its path below the data set's folder. */
  readonly outcomes: ReadonlyMap<string, ImageOutcome>;
  readonly report: PreprocessingReport;
}

/**
 * Finds and aligns the faces of a data set, or takes them from an earlier run, whole or not, if nothing they were made
 * from has changed. Images without a face are not an error here: they are in the report.
 *
 * @throws LoadGenError as `findDataset`, `loadMtcnnNetworks` and `preprocessImages` do; `QSL_STORE`
 */
export async function preprocessDataset(options: PreprocessDatasetOptions): Promise<PreprocessedDataset> {
  const cacheFolder = options.cacheFolder ?? defaultCacheFolder();
  const { dataset, address, stored, unchanged, fromStore } = await takeKnown(options, cacheFolder);
  const images = fromStore
    ? imagesOf(address, unchanged)
    : await preprocessMissing(address, unchanged, cacheFolder, options);
  const isStoreCurrent = stored?.every((image, index) => image === images[index]);
  if (!isStoreCurrent) {
    await writeStore(address, images);
    await removeParts(address);
  }
  const outcomes = outcomesOf(images);
  return { dataset, outcomes, report: reportOf(outcomes, fromStore) };
}

/** A data set as far as it is known without looking for faces. */
export interface KnownDataset {
  readonly dataset: Dataset;
  /** Images in which faces have yet to be looked for. */
  readonly missingImages: number;
  /** Where none is missing. */
  readonly preprocessed: PreprocessedDataset | undefined;
}

/**
 * As `preprocessDataset`, but takes only what an earlier run has found, and writes nothing.
 *
 * @throws LoadGenError as `findDataset` does
 */
export async function readKnownFaces(options: PreprocessDatasetOptions): Promise<KnownDataset> {
  const { dataset, address, unchanged, fromStore } = await takeKnown(
    options,
    options.cacheFolder ?? defaultCacheFolder(),
  );
  const outcomes = outcomesOf(imagesOf(address, unchanged));
  return {
    dataset,
    missingImages: address.imagePaths.length - outcomes.size,
    preprocessed: fromStore ? { dataset, outcomes, report: reportOf(outcomes, fromStore) } : undefined,
  };
}

async function takeKnown(options: PreprocessDatasetOptions, cacheFolder: string) {
  const dataset = await findDataset(options);
  const imagePaths = [...new Set(dataset.pairs.flatMap(({ a, b }) => [relativeImagePath(a), relativeImagePath(b)]))];
  const address = {
    storeFolder: join(cacheFolder, 'faces'),
    imageFolder: dataset.imageFolder,
    imagePaths,
    frame: options.frame,
    applyOrientation: options.applyOrientation === true,
  };
  const stored = await readStore(address);
  const known = stored ?? (await readShippedFaces(address)) ?? (await readParts(address));
  const wanted = new Set(imagePaths);
  const ours = known.filter(({ path }) => wanted.has(path));
  const unchanged = await takeUnchanged(ours, dataset.imageFolder, options.verify === true, options.signal);
  const fromStore = imagePaths.every((path) => unchanged.has(path));
  return { dataset, address, stored, unchanged, fromStore };
}

/** In their order. */
function imagesOf({ imagePaths }: StoreAddress, known: ReadonlyMap<string, StoredImage>): StoredImage[] {
  return imagePaths.flatMap((path) => known.get(path) ?? []);
}

function outcomesOf(images: readonly StoredImage[]): Map<string, ImageOutcome> {
  return new Map(images.map(({ path, outcome }) => [path, outcome]));
}

/** All images in their order: the unchanged ones, and the others, which are kept in parts as soon as they are done. */
async function preprocessMissing(
  address: StoreAddress,
  unchanged: ReadonlyMap<string, StoredImage>,
  cacheFolder: string,
  options: PreprocessingOptions,
): Promise<StoredImage[]> {
  const networks = await loadMtcnnNetworks(cacheFolder, options.signal);
  const missing = address.imagePaths.filter((path) => !unchanged.has(path));
  const files = missing.map((path) => join(address.imageFolder, path));
  const stamps = files.map(stampOf);
  const parts = new PartialStore(address);
  const done = new Map(unchanged);
  try {
    await preprocessImages(files, networks, address.frame, {
      ...options,
      onOutcome(index, outcome) {
        const image = { path: elementAt(missing, index), stamp: stamps[index], outcome };
        done.set(image.path, image);
        parts.add(image);
        options.onProgress?.(done.size, address.imagePaths.length);
      },
    });
  } finally {
    await parts.flush();
  }
  return imagesOf(address, done);
}
