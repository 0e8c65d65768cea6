import { percentileOf } from '../../loadgen/results/latencyStatistics.js';

/** So many parts of a run are compared; each needs some queries for its median. */
const PARTS = 20;
const MIN_QUERIES = 10 * PARTS;
/** Of the two-sided test: one run in a thousand without a trend has one. */
const CRITICAL_Z = 3.29;
/** A smaller change of the median does not matter. */
const MIN_CHANGE = 0.1;

/**
 * How many times as long queries took in the last quarter of a run as in the first, where that is more than chance and
 * enough to matter: a processor that becomes hot slows down. Undefined where it is not.
 *
 * The test is Mann's on the medians of consecutive parts (H. B. Mann, Nonparametric tests against trend, Econometrica 13,
 * 1945): it asks only whether later ones tend to be greater, or less.
 *
 * @param latenciesNs in the order of issue
 */
export function latencyTrend(latenciesNs: Float64Array): number | undefined {
  if (latenciesNs.length < MIN_QUERIES) return undefined;
  const medians = Array.from({ length: PARTS }, (_, part) => medianOf(latenciesNs, part / PARTS, (part + 1) / PARTS));
  let sum = 0;
  for (const [later, median] of medians.entries())
    for (const earlier of medians.slice(0, later)) sum += Math.sign(median - earlier);
  const deviation = Math.sqrt((PARTS * (PARTS - 1) * (2 * PARTS + 5)) / 18);
  const z = (Math.abs(sum) - 1) / deviation;
  const ratio = medianOf(latenciesNs, 0.75, 1) / medianOf(latenciesNs, 0, 0.25);
  const isEnough = Math.max(ratio, 1 / ratio) >= 1 + MIN_CHANGE;
  return z >= CRITICAL_Z && isEnough ? ratio : undefined;
}

/** Of the latencies from one share of the run to another. */
function medianOf(latenciesNs: Float64Array, from: number, to: number): number {
  const part = latenciesNs.slice(Math.round(from * latenciesNs.length), Math.round(to * latenciesNs.length));
  return percentileOf(part.sort(), 0.5);
}
