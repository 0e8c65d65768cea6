/** Latencies as the official logs write them. */
import type { DetailEntry } from '../../logs/detail/write.js';
import { formatFixed } from '../../logs/formatNumber.js';
import type { LatencyStatistics } from '../results/latencyStatistics.js';

/** `90.0th`, as the summary writes it. */
export function ordinalPercentile(percentile: number): string {
  return `${formatFixed(percentile * 100, 1)}th`;
}

/** `90.00`, as keys and tables write it. */
export function percentOf(percentile: number): string {
  return formatFixed(percentile * 100, 2);
}

/** The summary's table. */
export function latencyLines(latency: LatencyStatistics): string[] {
  return [
    `Min latency (ns)                : ${latency.minNs}`,
    `Max latency (ns)                : ${latency.maxNs}`,
    `Mean latency (ns)               : ${latency.meanNs}`,
    ...latency.percentiles.map(
      ({ percentile, latencyNs }) => `${percentOf(percentile)} percentile latency (ns)   : ${latencyNs}`,
    ),
  ];
}

/** The `result_*_latency_ns` lines of the detail log; the infixes tell those of queries from those of samples. */
export function latencyEntries(latency: LatencyStatistics, infix = '', percentileInfix = ''): DetailEntry[] {
  return [
    [`result_min${infix}_latency_ns`, latency.minNs],
    [`result_max${infix}_latency_ns`, latency.maxNs],
    [`result_mean${infix}_latency_ns`, latency.meanNs],
    ...latency.percentiles.map(({ percentile, latencyNs }): DetailEntry => {
      return [`result_${percentOf(percentile)}_percentile${percentileInfix}_latency_ns`, latencyNs];
    }),
  ];
}
