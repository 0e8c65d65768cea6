import { imageText } from './datasets/imageName.js';
import type { ImagePair } from './datasets/pairList.js';
import { type ImageOutcome, outcomeOf } from './preprocessing/preprocessImage.js';
import type { PreprocessingReport } from './preprocessing/report.js';

/** Sentences for the user: what is odd about images that can be used. */
export function imageNotes(
  pairs: readonly ImagePair[],
  outcomes: ReadonlyMap<string, ImageOutcome>,
  report: PreprocessingReport,
): string[] {
  return [...notTurnedNote(report), ...sameImageNote(pairs, outcomes)];
}

function notTurnedNote({ notTurned: [first, ...others] }: PreprocessingReport): string[] {
  if (first === undefined) return [];
  const count = others.length + 1;
  const found = count === 1 ? '1 image has a face' : `${count} images have a face`;
  const which = `such as ${first.path} with orientation ${first.exifOrientation}`;
  return [`${found} without the turn that EXIF data say, ${which}; --apply-orientation turns them`];
}

/** Links and copies make pairs that say nothing of the system: every one gives the same for both. */
function sameImageNote(pairs: readonly ImagePair[], outcomes: ReadonlyMap<string, ImageOutcome>): string[] {
  const twice = pairs.filter(({ a, b }) => outcomeOf(a, outcomes).sha256 === outcomeOf(b, outcomes).sha256);
  const [first] = twice;
  if (first === undefined) return [];
  const shown = `${imageText(first.a)} and ${imageText(first.b)}`;
  const found = twice.length === 1 ? '1 pair has' : `${twice.length} pairs have`;
  return [`${found} the same image twice under two names, such as ${shown}`];
}
