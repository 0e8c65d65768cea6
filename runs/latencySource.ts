import type { TraceTimes } from '../logs/trace/read.js';

/** A performance test's latencies by sample, in the order of issue; or why there are none. */
export type LatencySource =
  | { readonly from: 'latency log'; readonly file: string; readonly latenciesNs: Float64Array }
  | { readonly from: 'trace'; readonly file: string; readonly latenciesNs: Float64Array; readonly times: TraceTimes }
  | { readonly from: undefined; readonly reason: string };
