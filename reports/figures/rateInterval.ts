import { elementAt } from '../../base/arrays.js';
import type { Interval } from './percentileInterval.js';

const BLOCKS = 20;
/** Student's t at 97.5 % with 19 degrees of freedom. */
const STUDENT_T = 2.093;

/**
 * The rate of an Offline run with a confidence of 95 %, per second, from the variance of the time that each twentieth of
 * the samples took (the method of batch means). Takes the completion times of its one query's samples, sorted, in
 * nanoseconds from its issue. Undefined where the samples came back in too few lots for that.
 */
export function rateInterval(completedNs: Float64Array): Interval | undefined {
  if (countDistinct(completedNs) < 2 * BLOCKS) return undefined;
  const boundary = (block: number) => Math.round((completedNs.length * block) / BLOCKS);
  const endNs = (block: number) => (block === 0 ? 0 : elementAt(completedNs, boundary(block) - 1));
  const nsPerSample = Array.from(
    { length: BLOCKS },
    (_, block) => (endNs(block + 1) - endNs(block)) / (boundary(block + 1) - boundary(block)),
  );
  const meanNs = endNs(BLOCKS) / completedNs.length;
  const variance = nsPerSample.reduce((sum, ns) => sum + (ns - meanNs) ** 2, 0) / (BLOCKS - 1);
  const marginNs = STUDENT_T * Math.sqrt(variance / BLOCKS);
  return marginNs < meanNs ? [1e9 / (meanNs + marginNs), 1e9 / (meanNs - marginNs)] : undefined;
}

function countDistinct(sorted: Float64Array): number {
  let count = 0;
  let previous = Number.NaN;
  for (const value of sorted) {
    if (value !== previous) count++;
    previous = value;
  }
  return count;
}
