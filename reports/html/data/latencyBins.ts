/** Query counts by latency, in bins of equal ratio: bin `k` starts at `BIN_RATIO ** k` ns. */
export type LatencyBins = ReadonlyMap<number, number>;

/** Fine enough to merge into the bins of a chart, whatever its range. */
export const BIN_RATIO = 1.001;

export function latencyBins(latenciesNs: Float64Array): LatencyBins {
  const bins = new Map<number, number>();
  for (const ns of latenciesNs) {
    // A latency of 0 counts as 1 ns, since 0 has no logarithm.
    const bin = Math.floor(Math.log(Math.max(1, ns)) / Math.log(BIN_RATIO));
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  return bins;
}

export interface CommonBins {
  /** From the lower edge of the first bin to the upper edge of the last: one more than there are bins. */
  readonly edgesNs: readonly number[];
  /** The share of queries in each bin, per distribution. */
  readonly shares: readonly (readonly number[])[];
}

/** Merges bins so that all distributions share the same ones, at most `maxCount`. Needs at least one latency. */
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
