import type { Clock } from '../../base/clock.js';
import type { DetailEntry } from '../../logs/detail/write.js';
import type { EventLoopTurns } from '../eventLoopTurns.js';
import type { CompletionRecorder } from '../issue/completionRecorder.js';
import type { LibraryFacts } from '../querySampleLibrary.js';
import type { LatencyStatistics } from '../results/latencyStatistics.js';
import type { PerformanceMeasurements, ScenarioResult, SeriesSummary } from '../results/seriesSummary.js';
import type { ApplyValue } from '../settings/configValues.js';
import type { EffectiveSettings, TestSettings } from '../settings/testSettings.js';

/**
 * Everything that tells one scenario from the others. `F` is the type of its own figures. Members with a parameter of
 * that type are methods, whose parameters TypeScript compares both ways: the registry holds scenarios of all types, and
 * a summary is only ever handed to the scenario that made it.
 */
export interface Scenario<F> {
  // Settings

  /** What the keys that all scenarios have set in this one. The values are checked even where they set nothing. */
  readonly targetKeys: Readonly<Record<'target_latency_percentile' | 'target_latency' | 'target_qps', ApplyValue>>;
  /** Config keys that only this scenario has. */
  readonly ownKeys: Readonly<Record<string, ApplyValue>>;
  readonly canFindPeak: boolean;
  deriveTargets(settings: TestSettings, performanceSampleCount: number, library: LibraryFacts): EffectiveTargets;
  /** The scenario's `requested_*` lines of the detail log, in the official order. */
  requestedEntries(settings: Readonly<TestSettings>): DetailEntry[];
  /**
   * What to expect of a system that was seen to take `measuredNs`: for a query where one follows the other, otherwise for
   * a sample.
   */
  expectation(measuredNs: number): Expectation;

  // Queries

  /**
   * What a query asks for: `one` sample of the loaded set; several `contiguous` ones; or `all` samples of the series, so
   * that there is one query, sized by the target rate, which counts samples.
   */
  readonly querySamples: 'one' | 'contiguous' | 'all';
  /** How many queries are generated for each that is expected: 2 in case the system is faster than expected. */
  readonly generationFactor: number;
  /** Whether a schedule says when queries are due. Otherwise a query is due when it is issued. */
  readonly hasSchedule: boolean;
  /** Draws the time from one query to the next; the same for each call unless arrivals are random. */
  intervalsNs(settings: EffectiveSettings): () => number;

  // Issuing

  /**
   * Asked before each query: undefined if it may go out at once, otherwise a promise that resolves when it may. Called
   * with the loop's own objects, in the hottest loop.
   */
  readonly pace: QueryPacer;
  /**
   * Whether all generated queries are issued, unless too many are outstanding. Otherwise a series ends as soon as it has
   * met its minimum count and duration.
   */
  readonly issuesAll: boolean;
  /** Whether queries that are due at the same time go out as one. */
  coalesces(settings: EffectiveSettings): boolean;

  // Results

  /** The key of the published figure in the detail log. */
  readonly scoreKey: string;
  summarize(series: MeasuredSeries): ScenarioResult<F>;
  /** The line of the summary that states the figure by which systems are compared. */
  headline(summary: SeriesSummary<F>): string;
  /** The summary's additional statistics, without the latencies of samples where those are not shown. */
  statisticsLines(summary: SeriesSummary<F>): string[];
  /** The scenario's `result_*` and `early_stopping_*` lines of the detail log, in the official order. */
  resultEntries(summary: SeriesSummary<F>): DetailEntry[];
}

export interface Expectation {
  /** The config key that says what a system is expected to do, and its value in a config file. */
  readonly key: 'target_latency' | 'target_qps';
  readonly value: number;
  /** The same in the settings. */
  readonly settings: Partial<TestSettings>;
}

export type EffectiveTargets = Pick<
  EffectiveSettings,
  | 'samplesPerQuery'
  | 'targetQps'
  | 'targetLatencyNs'
  | 'targetLatencyPercentile'
  | 'maxAsyncQueries'
  | 'targetDurationMs'
  | 'minQueryCount'
>;

export type QueryPacer = (
  recorder: CompletionRecorder,
  clock: Clock,
  turns: EventLoopTurns,
  query: number,
) => Promise<void> | undefined;

/** A series in which at least one query was issued and all were answered. */
export interface MeasuredSeries {
  readonly settings: EffectiveSettings;
  readonly measured: PerformanceMeasurements;
  /** The latencies of all samples, from fast to slow. */
  readonly sortedLatenciesNs: Float64Array;
  readonly latency: LatencyStatistics;
}
