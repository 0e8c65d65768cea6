import { elementAt } from '../base/elementAt.js';
import { sha256Of } from '../base/sha256.js';
import { type ImageName, type ImagePair, relativeImagePath } from './datasets/pairs.js';
import { type FacePair, FacePairLibrary } from './facePairLibrary.js';
import { errorFromFaults, type Fault } from './faults.js';
import type { NetworkInput } from './networkInput.js';
import { type PreprocessDatasetOptions, type PreprocessingReport, preprocessDataset } from './preprocessDataset.js';
import type { ImageOutcome } from './preprocessing/preprocessImage.js';

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
   * SHA-256, in hexadecimal, of all that the run measures: names, flags and aligned faces of the library's pairs in
   * their order. The same wherever the files lie.
   */
  readonly digest: string;
  readonly report: PreprocessingReport;
}

/**
 * Opens a data set as a query sample library, preprocessing its images first if that has not been done.
 *
 * @throws LoadGenError listing all images that cannot be used, unless `skipMissing`; `QSL_NO_PAIRS` if none is left;
 *   and as `preprocessDataset` does
 */
export async function openDataset(options: OpenDatasetOptions): Promise<OpenedDataset> {
  const { dataset, outcomes, report } = await preprocessDataset(options);
  if (report.faults.length > 0 && !options.skipMissing) {
    throw errorFromFaults(report.faults, 'Put the right files there, or leave their pairs out with --skip-missing.');
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
  return { library, skipped, digest: digestOf(used), report };
}

function spreadOver<T>(values: readonly T[], count: number): readonly T[] {
  if (count >= values.length) return values;
  return Array.from({ length: count }, (_, index) => elementAt(values, Math.floor((index * values.length) / count)));
}

function outcomeOf(image: ImageName, outcomes: ReadonlyMap<string, ImageOutcome>): ImageOutcome {
  const path = relativeImagePath(image);
  const outcome = outcomes.get(path);
  if (outcome === undefined) throw new RangeError(`${path} was not preprocessed`);
  return outcome;
}

function digestOf(pairs: readonly FacePair[]): string {
  const digests = new Map(pairs.flatMap(({ faceA, faceB }) => [faceA, faceB]).map((face) => [face, sha256Of(face)]));
  return sha256Of(
    JSON.stringify(pairs.map(({ a, b, same, faceA, faceB }) => [a, b, same, digests.get(faceA), digests.get(faceB)])),
  );
}
