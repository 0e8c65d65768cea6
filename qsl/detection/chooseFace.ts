import { LoadGenError } from '../../base/errors.js';
import type { ScoredBox } from './boxes.js';

/**
 * Of several faces, the one with the largest box area less twice the squared distance, in pixels, of its centre from
 * the image's centre: large and central, as the published program has it. Of equals, the first.
 */
export function chooseFace<T extends ScoredBox>(faces: readonly T[], imageWidth: number, imageHeight: number): T {
  const weigh = ({ left, top, right, bottom }: ScoredBox): number => {
    const [x, y] = [(left + right) / 2 - imageWidth / 2, (top + bottom) / 2 - imageHeight / 2];
    return (right - left) * (bottom - top) - 2 * (x * x + y * y);
  };
  const [first, ...others] = faces;
  if (first === undefined) throw new LoadGenError('QSL_NO_FACE', 'found no face to choose from, expected one');
  return others.reduce((best, face) => (weigh(face) > weigh(best) ? face : best), first);
}
