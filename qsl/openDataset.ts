import { elementAt } from '../base/arrays.js';
import type { FaceFrame, NetworkInput } from '../base/pairLayout.js';
import type { LibraryFacts } from '../loadgen/querySampleLibrary.js';
import { sha256Of } from '../platform/node/files.js';
import type { ImageName } from './datasets/imageName.js';
import type { ImagePair } from './datasets/pairList.js';
import { defaultMaxBytes, FacePairLibrary } from './facePairLibrary.js';
import { errorFromFaults, type Fault } from './faults.js';
import { imageNotes } from './imageNotes.js';
import { type FacePair, performanceSampleCountOf } from './pairLibrary.js';
import {
  type PreprocessDatasetOptions,
  type PreprocessedDataset,
  preprocessDataset,
  readKnownFaces,
} from './preprocessDataset.js';
import { type ImageOutcome, outcomeOf } from './preprocessing/preprocessImage.js';
import type { PreprocessingReport } from './preprocessing/report.js';

const FAULTS_HINT = 'Put the right files there, or leave their pairs out with --skip-missing.';
const TURN_HINT = 'Turn images as their EXIF data say with --apply-orientation.';

export interface OpenDatasetOptions extends PreprocessDatasetOptions, NetworkInput {
  /** Leaves out pairs with an image that is missing, unreadable or without a face, instead of ending with an error. */
  readonly skipMissing?: boolean | undefined;
  /** Only so many pairs, spread evenly over those there are: a small library that still has matched and mismatched ones. */
  readonly spread?: number | undefined;
}

/** A pair that was left out, and what was wrong with its images. */
export interface SkippedPair {
  readonly pair: ImagePair;
  readonly faults: readonly Fault[];
}

export interface OpenedDataset {
  readonly library: FacePairLibrary;
  readonly skipped: readonly SkippedPair[];
  /**
   * SHA-256, in hexadecimal, of all that the run measures: the faces' frame, and names, flags, sets and aligned faces
   * of the library's pairs in their order. The same wherever the files lie.
   */
  readonly digest: string;
  readonly report: PreprocessingReport;
  /** Whether images were turned as their EXIF data say. */
  readonly orientationApplied: boolean;
  /** Sentences for the user: what was read otherwise than the pair list says. */
  readonly notes: readonly string[];
}

/**
 * Opens a data set as a query sample library, preprocessing its images first if that has not been done.
 *
 * @throws LoadGenError listing all images that cannot be used, unless `skipMissing`; `QSL_NO_PAIRS` if none is left;
 *   and as `preprocessDataset` does
 */
export async function openDataset(options: OpenDatasetOptions): Promise<OpenedDataset> {
  return openPreprocessed(await preprocessDataset(options), options);
}

/** As `openDataset`, of a data set that was preprocessed with the same options. */
export function openPreprocessed(
  { dataset, outcomes, report }: PreprocessedDataset,
  options: OpenDatasetOptions,
): OpenedDataset {
  if (report.faults.length > 0 && !options.skipMissing) {
    const isTurned = report.faults.some(({ exifOrientation }) => exifOrientation !== undefined);
    throw errorFromFaults(report.faults, isTurned ? `${TURN_HINT}\n${FAULTS_HINT}` : FAULTS_HINT);
  }
  const pairs: FacePair[] = [];
  const skipped: SkippedPair[] = [];
  for (const pair of dataset.pairs) {
    const [a, b] = [outcomeOf(pair.a, outcomes), outcomeOf(pair.b, outcomes)];
    if ('face' in a && 'face' in b) pairs.push({ ...pair, faceA: a.face, faceB: b.face });
    else skipped.push({ pair, faults: [a, b].flatMap((outcome) => ('fault' in outcome ? [outcome.fault] : [])) });
  }
  const used = spreadOver(pairs, options.spread ?? pairs.length);
  const library = new FacePairLibrary({ ...options, name: dataset.name, pairs: used });
  const digest = datasetDigest(options.frame, used, outcomes);
  const orientationApplied = options.applyOrientation === true;
  const notes = [...dataset.notes, ...imageNotes(used, outcomes, report)];
  return { library, skipped, digest, report, orientationApplied, notes };
}

/** What settings depend on of a data set, and what its faces are known by. */
export interface DatasetFacts {
  readonly library: LibraryFacts;
  /** That of `OpenedDataset`; undefined until all faces have been found. */
  readonly digest: string | undefined;
  /** Images in which faces have yet to be looked for; until then, pairs may be left out yet. */
  readonly missingImages: number;
  readonly skipped: readonly SkippedPair[];
  readonly notes: readonly string[];
}

/**
 * As `openDataset`, as far as that is known without looking for faces: it writes nothing.
 *
 * @throws LoadGenError as `findDataset` does, and where all faces are known, as `openDataset` does
 */
export async function lookUpDataset(options: OpenDatasetOptions): Promise<DatasetFacts> {
  const { dataset, missingImages, preprocessed } = await readKnownFaces(options);
  if (preprocessed !== undefined) return { ...openPreprocessed(preprocessed, options), missingImages };
  const { name, pairs, notes } = dataset;
  const totalSampleCount = Math.min(pairs.length, options.spread ?? pairs.length);
  const performanceSampleCount = performanceSampleCountOf(totalSampleCount, options, defaultMaxBytes());
  const library = { name, totalSampleCount, performanceSampleCount };
  return { library, digest: undefined, missingImages, skipped: [], notes };
}

function spreadOver<T>(values: readonly T[], count: number): readonly T[] {
  if (count >= values.length) return values;
  return Array.from({ length: count }, (_, index) => elementAt(values, Math.floor((index * values.length) / count)));
}

/** That of `OpenedDataset`. */
export function datasetDigest(
  { width, height, templateShiftX }: FaceFrame,
  pairs: readonly ImagePair[],
  outcomes: ReadonlyMap<string, ImageOutcome>,
): string {
  const faceDigest = (image: ImageName): string => {
    const outcome = outcomeOf(image, outcomes);
    return 'face' in outcome ? outcome.faceSha256 : '';
  };
  const listed = ({ file: _, ...image }: ImageName) => image;
  const contents = pairs.map(({ a, b, same, set }) => [listed(a), listed(b), same, set, faceDigest(a), faceDigest(b)]);
  return sha256Of(JSON.stringify([width, height, templateShiftX, contents]));
}
