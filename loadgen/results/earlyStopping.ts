/**
 * MLPerf's early stopping: how many queries must pass so that, with the wanted confidence, the share of passing queries
 * is at least the target percentile. The probability of `t` or fewer failures in `h + t` queries is a binomial
 * distribution function, which is a regularized incomplete beta function: I(p - d; h, t + 1) (DLMF 8.17.5).
 */

const CONFIDENCE = 0.99;
/** The share by which the percentile may be missed. */
const TOLERANCE = 0;

/** The least number of passing queries that make up for `failing` ones. */
export function minPassingQueries(
  failing: number,
  percentile: number,
  tolerance = TOLERANCE,
  confidence = CONFIDENCE,
): number {
  const pass = percentile - tolerance;
  const enough = (passing: number) => probability(passing, failing, pass) < 1 - confidence;
  // Fewer than these cannot be enough: the share of passing queries itself would be below the percentile.
  return leastAbove(Math.floor((failing * pass) / (1 - pass)), enough);
}

/**
 * How many of the slowest queries of `queryCount` may be left out so that the slowest of the rest estimates the
 * percentile; undefined where there are too few queries for an estimate at all. The estimate is the latency with
 * `discarded` others above it.
 */
export function discardableQueries(queryCount: number, percentile: number): number | undefined {
  const affordable = (failing: number) => minPassingQueries(failing, percentile) + failing <= queryCount;
  if (!affordable(1)) return undefined;
  return leastAbove(1, (failing) => !affordable(failing)) - 2;
}

/** The least whole number above `low` of which something holds, as it does of all larger ones. */
function leastAbove(low: number, holds: (value: number) => boolean): number {
  let below = low;
  let step = 1;
  while (!holds(below + step)) {
    below += step;
    step *= 2;
  }
  let least = below + step;
  while (least - below > 1) {
    const middle = Math.floor((below + least) / 2);
    if (holds(middle)) least = middle;
    else below = middle;
  }
  return least;
}

/** The chance of at most `failing` failures among `passing + failing` queries that each pass with probability `pass`. */
function probability(passing: number, failing: number, pass: number): number {
  const a = passing;
  const b = failing + 1;
  const logScale = a * Math.log(pass) + (b - 1) * Math.log(1 - pass) - logBeta(a, b);
  return (Math.exp(logScale) / a) * hypergeometric(1 - b, 1 + a, pass / (pass - 1));
}

/** Gauss's 2F1(1, b; c; x), summed term by term (DLMF 15.2.1). */
function hypergeometric(b: number, c: number, x: number): number {
  // The official tolerance: a tighter one could move a result that lies on the edge.
  const smallestTerm = 2 ** -33;
  let term = 1;
  let sum = 1;
  for (let i = 0; Math.abs(term) > smallestTerm; i++) {
    term *= ((b + i) * x) / (c + i);
    sum += term;
  }
  return sum;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** ln Γ(n) of a positive integer: Stirling's series (DLMF 5.11.1) from 16 on, where four terms reach full precision. */
function logGamma(n: number): number {
  if (n < 16) {
    let factorial = 1;
    for (let i = 2; i < n; i++) factorial *= i;
    return Math.log(factorial);
  }
  const inverse = 1 / n;
  const inverseSquared = inverse * inverse;
  const series = (1 / 12 - inverseSquared * (1 / 360 - inverseSquared * (1 / 1260 - inverseSquared / 1680))) * inverse;
  return (n - 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}
