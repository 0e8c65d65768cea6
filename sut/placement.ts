import { availableParallelism } from 'node:os';
import { LoadGenError } from '../base/errors.js';
import { PAIR_IMAGES } from '../base/pairLayout.js';

/** Where and how inferences are computed. */
export interface Placement {
  /** Worker threads, each with an engine of its own; 0: on the thread that issues queries, with the least overhead. */
  readonly workers: number;
  /** Threads that compute one inference, of engines that can. */
  readonly threads: number;
  /** Images that the engine is given at a time, at most: 1, 2 or 4. */
  readonly batch: number;
  /** Whether the images of one pair go to several workers: for the least latency, not for the highest rate. */
  readonly spreadPairs: boolean;
}

/** What `batch` may be. */
export const BATCH_SIZES: readonly number[] = [1, 2, PAIR_IMAGES];

/** On the thread that issues queries, all images of a pair at a time. */
export const IN_THREAD: Placement = { workers: 0, threads: 1, batch: PAIR_IMAGES, spreadPairs: false };

/** @throws SUT_PLACEMENT if threads would wait for a core, or a number is not possible; the message names all faults */
export function checkPlacement({ workers, threads, batch }: Placement, cores = availableParallelism()): void {
  const faults = [
    ...(isCount(workers) || workers === 0 ? [] : [`${workers} workers, expected a whole number`]),
    ...(isCount(threads) ? [] : [`${threads} threads, expected a whole number above 0`]),
    ...(BATCH_SIZES.includes(batch) ? [] : [`batch ${batch}, expected 1, 2 or 4`]),
  ];
  const needed = Math.max(1, workers) * threads;
  if (faults.length === 0 && needed > cores) {
    const each = workers === 0 ? '' : ` in ${workers} workers`;
    faults.push(`${threads} threads${each} on a machine of ${cores} cores, expected at most one thread a core`);
  }
  if (faults.length > 0) throw new LoadGenError('SUT_PLACEMENT', faults.join('; '));
}

/** Images that a worker takes at a time. */
export function imagesPerTaskOf({ workers, spreadPairs }: Placement): number {
  return spreadPairs ? Math.ceil(PAIR_IMAGES / Math.min(workers, PAIR_IMAGES)) : PAIR_IMAGES;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}
