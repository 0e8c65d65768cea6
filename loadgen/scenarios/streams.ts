/** What SingleStream and MultiStream have in common: a query goes out as soon as the one before is answered. */
import { ordinalPercentile } from '../logs/latencyLines.js';
import { type HarnessCost, harnessCost } from '../results/harnessCost.js';
import { percentileOf } from '../results/latencyStatistics.js';
import { lastsMinDuration, type SeriesSummary } from '../results/seriesSummary.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import type { Expectation, MeasuredSeries, Scenario } from './scenario.js';

export const STREAM = {
  ownKeys: {},
  canFindPeak: false,
  generationFactor: 2,
  hasSchedule: false,
  intervalsNs: fixedIntervalNs,
  pace: (recorder) => (recorder.outstandingSamples === 0 ? undefined : recorder.allAnswered()),
  issuesAll: false,
  coalesces: () => false,
  headline,
} as const satisfies Partial<Scenario<unknown>>;

/** The interval that is expected, although queries go out when answers come. */
export function fixedIntervalNs({ targetQps }: EffectiveSettings): () => number {
  const intervalNs = Math.trunc((1 / targetQps) * 1e9);
  return () => intervalNs;
}

/** Rounded as a config file shows it, so that the run can be made again from there. */
export function expectedLatency(
  field: 'singleStreamExpectedLatencyNs' | 'multiStreamExpectedLatencyNs',
  measuredNs: number,
): Expectation {
  const ms = Number((measuredNs / 1e6).toPrecision(4));
  return { key: 'target_latency', value: ms, settings: { [field]: ms * 1e6 } };
}

export function expectedRate(
  field: 'offlineExpectedQps' | 'serverTargetQps',
  measuredNs: number,
  share: number,
): Expectation {
  const qps = Number(((share * 1e9) / measuredNs).toPrecision(4));
  return { key: 'target_qps', value: qps, settings: { [field]: qps } };
}

/** The targets that follow from the latency a query is expected to have. */
export function streamTargets(expectedLatencyNs: number, targetLatencyPercentile: number) {
  return { targetQps: 1e9 / expectedLatencyNs, targetLatencyNs: 0, targetLatencyPercentile, maxAsyncQueries: 1 };
}

/** Takes the latencies of the queries in the order of issue, and sorted. */
export function summarizeStream(
  { settings, measured }: MeasuredSeries,
  queriesNs: Float64Array,
  sortedQueriesNs: Float64Array,
) {
  const finalIssuedNs = measured.issuedNs.at(-1) ?? 0;
  return {
    targetPercentileLatencyNs: percentileOf(sortedQueriesNs, settings.targetLatencyPercentile),
    performanceConstraint: undefined,
    minDuration: {
      met: lastsMinDuration(settings, finalIssuedNs),
      recommendation: 'Decrease the expected latency so the loadgen pre-generates more queries.',
    },
    harness: costBetweenQueries(queriesNs, finalIssuedNs),
  };
}

/** Between the issue of the first query and that of the last lie all latencies but the last. */
function costBetweenQueries(queriesNs: Float64Array, finalIssuedNs: number): HarnessCost | undefined {
  const latenciesNs = queriesNs.subarray(0, -1);
  if (latenciesNs.length === 0) return undefined;
  const meanNs = latenciesNs.reduce((sum, ns) => sum + ns, 0) / latenciesNs.length;
  return harnessCost(finalIssuedNs / latenciesNs.length - meanNs, meanNs);
}

function headline({ settings, targetPercentileLatencyNs }: SeriesSummary<unknown>): string {
  return `${ordinalPercentile(settings.targetLatencyPercentile)} percentile latency (ns) : ${targetPercentileLatencyNs}`;
}
