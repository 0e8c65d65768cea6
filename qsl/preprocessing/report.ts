import type { Fault } from '../faults.js';
import type { ImageOutcome } from './preprocessImage.js';

/** Below this score of MTCNN's last network a face is counted as uncertain. */
const LOW_SCORE = 0.9;

/** For logs and people: which images want a look. Paths are those below the data set's folder. */
export interface PreprocessingReport {
  readonly imageCount: number;
  readonly faceCount: number;
  /** Images with more than one face, of which the large and central one was taken. */
  readonly severalFaces: readonly { readonly path: string; readonly faceCount: number }[];
  /** Faces of which MTCNN is less than 90 % sure. */
  readonly lowScores: readonly { readonly path: string; readonly score: number }[];
  /** Images with a face whose EXIF orientation, from 2 to 8, was not applied. */
  readonly notTurned: readonly { readonly path: string; readonly exifOrientation: number }[];
  /** Images that could not be read, or have no face. */
  readonly faults: readonly (Fault & { readonly path: string })[];
  /** Whether all was there from an earlier run. */
  readonly fromStore: boolean;
}

export function reportOf(outcomes: ReadonlyMap<string, ImageOutcome>, fromStore: boolean): PreprocessingReport {
  const images = [...outcomes].map(([path, outcome]) => ({ path, ...outcome }));
  const faces = images.flatMap((image) => ('fault' in image ? [] : [image]));
  return {
    imageCount: images.length,
    faceCount: faces.length,
    severalFaces: faces.flatMap(({ path, faceCount }) => (faceCount > 1 ? [{ path, faceCount }] : [])),
    lowScores: faces.flatMap(({ path, score }) => (score < LOW_SCORE ? [{ path, score }] : [])),
    notTurned: faces.flatMap(({ path, exifOrientation }) =>
      exifOrientation === undefined ? [] : [{ path, exifOrientation }],
    ),
    faults: images.flatMap((image) => ('fault' in image ? [{ path: image.path, ...image.fault }] : [])),
    fromStore,
  };
}
