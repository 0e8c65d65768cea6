/** One test of a run, as the table shows it. */
export type RunRow = AccuracyRow | PerformanceRow | BrokenOffRow;
export type PerformanceRow = SingleStreamRow | MultiStreamRow | ServerRow | OfflineRow;

export interface Verdict {
  readonly sutName: string;
  readonly validity: 'VALID' | 'INVALID';
  /** Empty if and only if VALID. */
  readonly invalidReasons: readonly string[];
  /** What the log marks as errors; the official LoadGen calls a run VALID in spite of some. */
  readonly errorMessages: readonly string[];
}

export interface AccuracyRow extends Verdict {
  readonly kind: 'Accuracy';
  /** `SingleStream`, `Offline`, … as the log names it. */
  readonly scenario: string;
  /** 0 to 1, or NaN. */
  readonly accuracy: number;
  readonly correctCount: number;
  readonly pairCount: number;
}

export interface LatencyPercentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

export interface SingleStreamRow extends Verdict {
  readonly kind: 'SingleStreamPerformance';
  /** Of a query, which is one pair. */
  readonly latencyNs: LatencyPercentiles;
}

export interface MultiStreamRow extends Verdict {
  readonly kind: 'MultiStreamPerformance';
  readonly pairsPerQuery: number;
  /** Of a query. */
  readonly latencyNs: LatencyPercentiles;
}

export interface ServerRow extends Verdict {
  readonly kind: 'ServerPerformance';
  readonly pairsPerSecond: number;
  readonly latencyNs: LatencyPercentiles;
}

export interface OfflineRow extends Verdict {
  readonly kind: 'OfflinePerformance';
  readonly pairsPerSecond: number;
}

/** A test that has no figures: it failed or was aborted. INVALID by its nature. */
export interface BrokenOffRow {
  readonly kind: 'BrokenOff';
  readonly sutName: string;
  readonly scenario: string;
  readonly mode: string;
  readonly reason: string;
}

export function isInvalid(row: RunRow): boolean {
  return row.kind === 'BrokenOff' || row.validity === 'INVALID';
}
