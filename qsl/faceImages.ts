import sharp from 'sharp';
import { LoadGenError } from '../base/errors.js';
import type { FaceFrame } from '../base/pairLayout.js';
import { type ImageName, imageText, relativeImagePath } from './datasets/imageName.js';
import { datasetDigest } from './openDataset.js';
import { type PreprocessDatasetOptions, preprocessDataset } from './preprocessDataset.js';

/** A pair of a run, with its images named as in `imageText`. */
export interface NamedPair {
  readonly nameA: string;
  readonly nameB: string;
  readonly same: boolean;
  readonly set: number;
}

export interface FaceImages {
  /** Of the pairs' faces: that of `OpenedDataset` if they are the run's. */
  readonly digest: string;
  /** JPEG files of the aligned faces, by name. */
  readonly images: ReadonlyMap<string, Uint8Array>;
}

const IMAGE_WIDTH = 64;
const JPEG_QUALITY = 72;

/**
 * Small images of the aligned faces of some of a run's pairs, for reports; preprocesses the data set if that has not been
 * done.
 *
 * @param pairs all pairs of the run, in its order
 * @throws LoadGenError `QSL_OTHER_PAIRS` if the data set's pair list lacks an image of them; as `preprocessDataset` does
 */
export async function openFaceImages(
  options: PreprocessDatasetOptions,
  pairs: readonly NamedPair[],
  names: readonly string[],
): Promise<FaceImages> {
  const { dataset, outcomes } = await preprocessDataset(options);
  const known = new Map(dataset.pairs.flatMap(({ a, b }) => [a, b]).map((image) => [imageText(image), image]));
  const imageOf = (name: string): ImageName => {
    const image = known.get(name);
    if (image !== undefined) return image;
    throw new LoadGenError(
      'QSL_OTHER_PAIRS',
      `found no image ${JSON.stringify(name.slice(0, 80))} in the pair list of ${dataset.name}, expected those of the run`,
      { hint: 'Give --dataset, --pairs-file, --pairs and --set as they were given to the run.' },
    );
  };
  const imagePairs = pairs.map(({ nameA, nameB, same, set }) => ({ a: imageOf(nameA), b: imageOf(nameB), same, set }));
  const images = new Map<string, Uint8Array>();
  for (const name of names) {
    const outcome = outcomes.get(relativeImagePath(imageOf(name)));
    if (outcome !== undefined && 'face' in outcome) images.set(name, await jpegOf(outcome.face, options.frame));
  }
  return { digest: datasetDigest(options.frame, imagePairs, outcomes), images };
}

function jpegOf(face: Uint8Array, { width, height }: FaceFrame): Promise<Uint8Array> {
  return sharp(face, { raw: { width, height, channels: 3 } })
    .resize(IMAGE_WIDTH)
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}
