export type SeriesMode = 'AccuracyOnly' | 'PerformanceOnly';

export interface QuerySchedule {
  readonly queryCount: number;
  /** When each query is due, in nanoseconds after the start; undefined where it is due when it is issued. */
  readonly scheduledDeltaNs: Float64Array | undefined;
  /** When the query after the last one would be due. */
  readonly durationNs: number;
}

/** All queries of one series, generated before the clock starts: which samples each asks for, and when it is due. */
export interface GeneratedQueries extends QuerySchedule {
  readonly samplesPerQuery: number;
  /** The library's sample indices, query after query. */
  readonly sampleIndices: Uint32Array;
}
