import type { LogValues } from '../logs/detail/values.js';
import type { LogSource } from '../logs/logSource.js';
import type { AccuracyFigure, OtherAccuracy } from './accuracyText.js';
import type { Judging, LabelledPair } from './jsonFormats.js';
import type { LatencySource } from './latencySource.js';

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
