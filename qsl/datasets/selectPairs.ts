import { elementAt } from '../../base/elementAt.js';
import { LoadGenError } from '../../base/errors.js';
import type { ImagePair, PairList } from './pairs.js';

/** Which pairs of a list to use. */
export interface PairSelection {
  /** The first so many of the list. */
  readonly pairs?: number | undefined;
  /** All pairs of one set, counted from 1. */
  readonly set?: number | undefined;
  /** Of these, so many spread evenly over them: a small selection that still has matched and mismatched pairs. */
  readonly spread?: number | undefined;
}

/**
 * The chosen pairs; without a choice those of the first set, on which the benchmark runs.
 *
 * @throws LoadGenError `QSL_SELECTION`
 */
export function selectPairs(list: PairList, selection: PairSelection): readonly ImagePair[] {
  const chosen = choosePairs(list, selection);
  const { spread } = selection;
  if (spread === undefined || spread >= chosen.length) return chosen;
  checkRange('number of pairs to spread', spread, chosen.length);
  return Array.from({ length: spread }, (_, index) => elementAt(chosen, Math.floor((index * chosen.length) / spread)));
}

function choosePairs(list: PairList, { pairs, set }: PairSelection): readonly ImagePair[] {
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
