/** What a performance series is measured by. `F` is the type of the figures that only its scenario has. */
import type { RuntimeFigures } from '../platform.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import type { RemoteServerFigures } from '../systemUnderTest.js';
import type { EarlyStoppingResult } from './earlyStoppingResult.js';
import type { HarnessCost } from './harnessCost.js';
import type { LatencyStatistics } from './latencyStatistics.js';

/** What was measured in one performance series. Times count from its start. */
export interface PerformanceMeasurements {
  readonly queriesIssued: number;
  readonly samplesPerQuery: number;
  /** A latency for each sample, query after query. */
  readonly sampleLatenciesNs: Float64Array;
  /** When each query was due: when it was issued, if no schedule says otherwise. */
  readonly scheduledNs: Float64Array;
  readonly issuedNs: Float64Array;
  /** Undefined if nothing watched the runtime. */
  readonly runtime: RuntimeFigures | undefined;
  /** Undefined without a server that counts what it does. */
  readonly server?: RemoteServerFigures | undefined;
}

export interface Constraint {
  readonly met: boolean;
  /** What to change if it is not met. */
  readonly recommendation: string;
}

/** What a scenario makes of a series. */
export interface ScenarioResult<F> {
  readonly figures: F;
  /** Of queries in MultiStream, of samples elsewhere. */
  readonly targetPercentileLatencyNs: number;
  /** Undefined in scenarios without a bound on latency: only Server has one. */
  readonly performanceConstraint: Constraint | undefined;
  readonly minDuration: Constraint;
  readonly earlyStopping: EarlyStoppingResult;
  /** Undefined if nothing lies between queries: Offline has only one. */
  readonly harness: HarnessCost | undefined;
}

/** The figures and the verdict of one performance series, as the official LoadGen computes them. */
export interface SeriesSummary<F> extends ScenarioResult<F> {
  readonly sutName: string;
  readonly settings: EffectiveSettings;
  readonly valid: boolean;
  readonly minQueries: Constraint;
  readonly queryCount: number;
  readonly sampleCount: number;
  /** A latency for each sample, in the order of issue. */
  readonly sampleLatenciesNs: Float64Array;
  /** Of samples. */
  readonly latency: LatencyStatistics;
  readonly runtime: RuntimeFigures | undefined;
  readonly server?: RemoteServerFigures | undefined;
}

/** Whether a run that lasted `ns` was long enough. */
export function lastsMinDuration({ minDurationMs }: EffectiveSettings, ns: number): boolean {
  return ns / 1e9 >= minDurationMs / 1000;
}

export function perSecond(count: number, ns: number): number {
  return count / (ns / 1e9);
}
