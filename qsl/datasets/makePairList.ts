import { LoadGenError } from '../../base/errors.js';
import { MersenneTwister } from '../../loadgen/random/mersenneTwister.js';
import { canDraw, drawPairs, greatestPossible, type PairCounts } from './drawPairs.js';
import { pathPairLine } from './pathPairs.js';
import { findPersons } from './personFolders.js';

/** As many of each kind as a set of LFW's list has. */
export const DEFAULT_PAIRS_PER_KIND = 300;

export interface PairListOptions {
  /**
   * How many pairs show one person. Without it as many as of the other kind, or as there can be with those; without
   * both 300 of each, or as many as there can be.
   */
  readonly same?: number | undefined;
  /** How many pairs show two persons; without it as with `same`. */
  readonly different?: number | undefined;
  /** From 0 to 2^32 - 1. The same folders, counts and seed give the same list. */
  readonly seed: number;
}

export interface MadePairList {
  /** Lines `pathA<TAB>pathB<TAB>1` and `pathA<TAB>pathB<TAB>0` by turns. */
  readonly list: string;
  readonly counts: PairCounts;
  readonly personCount: number;
  /** Sentences for the user: what was left out. */
  readonly notes: readonly string[];
}

/**
 * Makes a pair list of a folder that holds a folder of images for each person. No image is in two pairs.
 *
 * @throws LoadGenError `QSL_DATASET`; `QSL_SELECTION` with the greatest numbers there can be, if more is asked
 */
export async function makePairList(folder: string, options: PairListOptions): Promise<MadePairList> {
  const { images, notes } = await findPersons(folder);
  const imageCounts = images.map(({ length }) => length);
  const counts = countsOf(imageCounts, options);
  if (!canDraw(imageCounts, counts)) throw tooFewError(folder, imageCounts, counts);
  const { same, different } = drawPairs(images, counts, new MersenneTwister(options.seed));
  // By turns, so that the first pairs of a list are of both kinds.
  const lines = Array.from({ length: Math.max(same.length, different.length) }, (_, index) => [
    ...same.slice(index, index + 1).map((pair) => pathPairLine(pair, true)),
    ...different.slice(index, index + 1).map((pair) => pathPairLine(pair, false)),
  ]);
  return { list: `${lines.flat().join('\n')}\n`, counts, personCount: images.length, notes };
}

function countsOf(imageCounts: readonly number[], { same, different }: PairListOptions): PairCounts {
  if (same !== undefined && different !== undefined) return { same, different };
  if (same !== undefined) return { same, different: Math.min(same, greatestDifferent(imageCounts, same)) };
  if (different !== undefined) return { same: Math.min(different, greatestSame(imageCounts, different)), different };
  const each = Math.min(DEFAULT_PAIRS_PER_KIND, Math.max(1, greatestOfEach(imageCounts)));
  return { same: each, different: each };
}

function tooFewError(folder: string, imageCounts: readonly number[], { same, different }: PairCounts): LoadGenError {
  const images = imageCounts.reduce((total, count) => total + count, 0);
  const [mostSame, mostDifferent] = [greatestSame(imageCounts, 0), greatestDifferent(imageCounts, 0)];
  const found = `found ${images} images of ${imageCounts.length} persons`;
  const expected = `expected enough for ${textOf({ same, different })}, with no image in two pairs`;
  const both = same > 0 && different > 0;
  const together = [
    ...(both && same <= mostSame ? [`${same} of one with ${greatestDifferent(imageCounts, same)} of two`] : []),
    ...(both && different <= mostDifferent
      ? [`${greatestSame(imageCounts, different)} of one with ${different} of two`]
      : []),
  ];
  const alone = [`${mostSame} of one person`, `${mostDifferent} of two`];
  const each = `${greatestOfEach(imageCounts)} of each`;
  return new LoadGenError('QSL_SELECTION', `${folder}: ${found}, ${expected}`, {
    hint: `The greatest numbers of pairs are ${[...alone, each, ...together].join(', or ')}.`,
  });
}

/** For people: `300 pairs of one person and 300 of two`. */
export function textOf({ same, different }: PairCounts): string {
  return `${same} ${same === 1 ? 'pair' : 'pairs'} of one person and ${different} of two`;
}

function greatestSame(imageCounts: readonly number[], different: number): number {
  return greatestPossible((same) => canDraw(imageCounts, { same, different }));
}

function greatestDifferent(imageCounts: readonly number[], same: number): number {
  return greatestPossible((different) => canDraw(imageCounts, { same, different }));
}

function greatestOfEach(imageCounts: readonly number[]): number {
  return greatestPossible((count) => canDraw(imageCounts, { same: count, different: count }));
}
