/** How many queries there were by latency, in bins of equal ratio: bin `k` is from `BIN_RATIO ** k` ns on. */
export type LatencyBins = ReadonlyMap<number, number>;

/** Fine enough to be put together to the bins of a chart, whatever its range. */
export const BIN_RATIO = 1.001;

export function latencyBins(latenciesNs: Float64Array): LatencyBins {
  const bins = new Map<number, number>();
  for (const ns of latenciesNs) {
    // What took no time at all counts as a nanosecond: there is no logarithm of 0.
    const bin = Math.floor(Math.log(Math.max(1, ns)) / Math.log(BIN_RATIO));
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  return bins;
}

export interface CommonBins {
  /** From the first bin's lower edge to the last one's upper edge: one more than there are bins. */
  readonly edgesNs: readonly number[];
  /** For each of the distributions, which share of its queries each bin holds. */
  readonly shares: readonly (readonly number[])[];
}

/** Puts bins together so that all distributions have the same ones, at most `maxCount`. Needs one latency at least. */
export function commonBins(distributions: readonly LatencyBins[], maxCount: number): CommonBins {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const bin of distributions.flatMap((bins) => [...bins.keys()])) {
    first = Math.min(first, bin);
    last = Math.max(last, bin);
  }
  const width = Math.ceil((last - first + 1) / maxCount);
  const count = Math.ceil((last - first + 1) / width);
  const shares = distributions.map((bins) => {
    const counts = new Array<number>(count).fill(0);
    let total = 0;
    for (const [bin, queries] of bins) {
      const target = Math.floor((bin - first) / width);
      counts[target] = (counts[target] ?? 0) + queries;
      total += queries;
    }
    return counts.map((queries) => queries / total);
  });
  const edgesNs = Array.from({ length: count + 1 }, (_, index) => BIN_RATIO ** (first + index * width));
  return { edgesNs, shares };
}
