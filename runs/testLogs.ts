import type { LogValues } from '../logs/detail/values.js';
import type { LogSource } from '../logs/logSource.js';
import type { TraceTimes } from '../logs/trace/read.js';
import type { AccuracyFigure, OtherAccuracy } from './accuracyText.js';
import type { Judging, LabelledPair } from './jsonFormats.js';

/** What one test of a run has left, wherever that is kept. */
export interface TestLogs {
  readonly folder: string;
  detail(): Promise<LogValues>;
  /** Of a performance test that was not broken off. */
  latencies(): Promise<LatencySource>;
  /** Undefined where there is none. */
  accuracyLog(): Promise<LogSource | undefined>;
  /** What accuracy.txt states; undefined where there is none. */
  accuracy(): Promise<AccuracyFigure | OtherAccuracy | undefined>;
  /** By sample index; undefined where there are none. */
  pairs(): Promise<readonly LabelledPair[] | undefined>;
  /** Undefined where there is none. */
  judging(): Promise<Judging | undefined>;
}

/** A performance test's latencies by sample, in the order of issue; or why there are none. */
export type LatencySource =
  | { readonly from: 'latency log'; readonly file: string; readonly latenciesNs: Float64Array }
  | { readonly from: 'trace'; readonly file: string; readonly latenciesNs: Float64Array; readonly times: TraceTimes }
  | { readonly from: undefined; readonly reason: string };
