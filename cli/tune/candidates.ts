import { PAIR_IMAGES } from '../../base/pairLayout.js';
import { BATCH_SIZES, type Placement } from '../../sut/placement.js';

const LARGEST_BATCH_FIRST = BATCH_SIZES.toReversed();

const IN_FLIGHT = [1, 2, 4, 8, 16, 32];
const REQUEST_PAIRS = [1, 4];

/** What is worth trying for the least latency of one pair: its inferences in the issuing thread, or spread over workers. */
export function singleStreamCandidates(cores: number): Placement[] {
  const workerCounts = [2, PAIR_IMAGES].filter((workers) => workers <= cores);
  return [
    ...threadCounts(cores).flatMap((threads) => placements(0, threads, true)),
    ...workerCounts.flatMap((workers) =>
      threadCounts(Math.floor(cores / workers)).map((threads) => ({
        workers,
        threads,
        batch: PAIR_IMAGES,
        spreadPairs: true,
      })),
    ),
  ];
}

/** What is worth trying for the highest rate: all cores, as many workers with one thread or fewer with more. */
export function offlineCandidates(cores: number): Placement[] {
  return threadCounts(cores).flatMap((threads) => placements(Math.floor(cores / threads), threads, false));
}

/** Of a server: the whole pair in one request, or its parts in several at a time. */
export function remoteSingleStreamCandidates(): Placement[] {
  return LARGEST_BATCH_FIRST.map((batch) => ({ workers: PAIR_IMAGES / batch, threads: 1, batch, spreadPairs: false }));
}

/** Of a server: how many requests at a time keep it busy, of one pair or of several. */
export function remoteOfflineCandidates(): Placement[] {
  return REQUEST_PAIRS.flatMap((pairs) =>
    IN_FLIGHT.map((workers) => ({ workers, threads: 1, batch: pairs * PAIR_IMAGES, spreadPairs: false })),
  );
}

function placements(workers: number, threads: number, spreadPairs: boolean): Placement[] {
  return LARGEST_BATCH_FIRST.map((batch) => ({ workers, threads, batch, spreadPairs }));
}

/** 1, 2, 4, ... and the number of cores. */
function threadCounts(cores: number): number[] {
  const counts: number[] = [];
  for (let threads = 1; threads < cores; threads *= 2) counts.push(threads);
  return [...counts, cores];
}
