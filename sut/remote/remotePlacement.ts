import { LoadGenError } from '../../base/errors.js';
import { PAIR_IMAGES } from '../../base/pairLayout.js';
import { BATCH_SIZES, type Placement } from '../placement.js';

/** Requests on their way at a time, where nobody says how many. */
export const DEFAULT_IN_FLIGHT = 8;

const MAX_IN_FLIGHT = 1024;
/** Images of a request. */
export const MAX_REMOTE_BATCH = 64 * PAIR_IMAGES;

/** @throws SUT_PLACEMENT unless so many requests of so many images can be made; the message names all faults */
export function checkRemotePlacement({ workers, threads, batch }: Placement): void {
  const isBatch = BATCH_SIZES.includes(batch) || (batch % PAIR_IMAGES === 0 && batch > 0 && batch <= MAX_REMOTE_BATCH);
  const faults = [
    ...(Number.isInteger(workers) && workers >= 0 && workers <= MAX_IN_FLIGHT
      ? []
      : [`${workers} workers, expected 1 to ${MAX_IN_FLIGHT} requests at a time`]),
    ...(threads === 1 ? [] : [`${threads} threads, which a server decides itself`]),
    ...(isBatch ? [] : [`batch ${batch}, expected 1, 2 or a multiple of ${PAIR_IMAGES} up to ${MAX_REMOTE_BATCH}`]),
  ];
  if (faults.length > 0) throw new LoadGenError('SUT_PLACEMENT', faults.join('; '));
}
