import { LoadGenError } from '../../base/errors.js';
import type { ImagePair, PairList } from './pairList.js';

/** Which pairs of a list to use. */
export interface PairSelection {
  /** The first so many of the list. */
  readonly pairs?: number | undefined;
  /** All pairs of one set, counted from 1. */
  readonly set?: number | undefined;
}

/**
 * The chosen pairs; without a choice those of the first set, on which the benchmark runs.
 *
 * @throws LoadGenError `QSL_SELECTION`
 */
export function selectPairs(list: PairList, { pairs, set }: PairSelection): readonly ImagePair[] {
  if (pairs !== undefined && set !== undefined) {
    throw new LoadGenError('QSL_SELECTION', `found pairs ${pairs} and set ${set}, expected one of the two`);
  }
  if (pairs !== undefined) {
    checkRange('number of pairs', pairs, list.pairs.length);
    return list.pairs.slice(0, pairs);
  }
  checkRange('set', set ?? 1, list.setCount);
  return list.pairs.filter((pair) => pair.set === (set ?? 1));
}

function checkRange(what: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  throw new LoadGenError('QSL_SELECTION', `found ${what} ${value}, expected a whole number from 1 to ${max}`);
}
