/** Where the terms are too small to matter for a double. */
const NEGLIGIBLE = 1e-20;

export interface RankInterval {
  /** Counted from 1. 0: no observation is low enough. */
  readonly lower: number;
  /** Counted from 1. One more than there are: no observation is high enough. */
  readonly upper: number;
}

/**
 * Which two of `count` independent observations, sorted, enclose the quantile `share` of what they were drawn from, with
 * at least this confidence, whatever its distribution: how many lie below the quantile is binomial.
 */
export function binomialRanks(count: number, share: number, confidence: number): RankInterval {
  const tail = (1 - confidence) / 2;
  const mode = Math.min(count, Math.floor((count + 1) * share));
  const odds = share / (1 - share);
  // Each probability relative to the greatest one, outwards from it; their sum turns them into probabilities.
  const below: number[] = [];
  for (let k = mode, term = 1; k > 0 && term > NEGLIGIBLE; k--) {
    term *= k / ((count - k + 1) * odds);
    below.push(term);
  }
  const above: number[] = [];
  for (let k = mode, term = 1; k < count && term > NEGLIGIBLE; k++) {
    term *= ((count - k) * odds) / (k + 1);
    above.push(term);
  }
  const sum = (terms: readonly number[]) => terms.reduceRight((total, term) => total + term, 0);
  const total = sum(below) + 1 + sum(above);
  return {
    lower: mode - countedInTail([1, ...below], total - sum(above), tail * total),
    upper: mode + countedInTail([1, ...above], total - sum(below), tail * total) + 1,
  };
}

/**
 * How many steps outwards from the mode it takes until no more than `tail` lies there and beyond; `terms` sum up to
 * `mass`, the first is the mode's.
 */
function countedInTail(terms: readonly number[], mass: number, tail: number): number {
  let rest = mass;
  for (const [step, term] of terms.entries()) {
    if (rest <= tail) return step - 1;
    rest -= term;
  }
  return terms.length - 1;
}
