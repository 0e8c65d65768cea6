import { histogramOf } from '../../latencyFiles.js';

/** A latency and the share of queries that took no longer. */
export interface SpectrumPoint {
  /** How many nines the share has: 1 for 90 %, 2 for 99 %, 2.5 for 99.684 %. */
  readonly nines: number;
  readonly latencyNs: number;
}

export interface LatencySpectrum {
  /** By `nines`, as far as the number of queries allows. */
  readonly points: readonly SpectrumPoint[];
  /** Parallel to `TABLE_SHARES`; undefined where there were too few queries. */
  readonly table: readonly (number | undefined)[];
}

export const TABLE_SHARES = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999, 1];
const POINTS_PER_NINE = 40;

/** Percentiles from an HDR histogram, each within a thousandth. Needs at least one latency. */
export function latencySpectrum(latenciesNs: Float64Array): LatencySpectrum {
  const histogram = histogramOf(latenciesNs);
  const at = (share: number) => histogram.getValueAtPercentile(100 * share);
  const lastNines = Math.log10(latenciesNs.length);
  const points: SpectrumPoint[] = [];
  for (let index = 0; index / POINTS_PER_NINE < lastNines; index++) {
    const nines = index / POINTS_PER_NINE;
    points.push({ nines, latencyNs: at(1 - 10 ** -nines) });
  }
  // 100 % would be infinitely many nines: the slowest query stands where the share of all others ends.
  points.push({ nines: lastNines, latencyNs: at(1) });
  const isTold = (share: number) => share === 1 || latenciesNs.length * (1 - share) >= 1 - 1e-9;
  return { points, table: TABLE_SHARES.map((share) => (isTold(share) ? at(share) : undefined)) };
}
