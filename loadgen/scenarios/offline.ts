import { formatGeneral } from '../../logs/formatNumber.js';
import { latencyLines } from '../logs/latencyLines.js';
import { percentileOf } from '../results/latencyStatistics.js';
import { lastsMinDuration, perSecond } from '../results/seriesSummary.js';
import { expectedLatencyMs, queriesPerSecond, targetPercentile } from '../settings/configValues.js';
import type { Scenario } from './scenario.js';
import { expectedRate, fixedIntervalNs } from './streams.js';

export interface OfflineFigures {
  readonly scenario: 'Offline';
  readonly samplesPerSecond: number;
}

const SCORE_KEY = 'result_samples_per_second';
/** The query holds this much more than is expected to fill the minimum duration. */
const SLACK = 1.1;
/** The query must not be answered early: a tenth more than a few seconds showed, beside the tenth above. */
const EXPECTED_SHARE = 1.1;

/** All samples in one query, issued at the start. */
export const offline: Scenario<OfflineFigures> = {
  targetKeys: {
    target_latency_percentile: targetPercentile(),
    target_latency: expectedLatencyMs(),
    target_qps: queriesPerSecond('offlineExpectedQps'),
  },
  ownKeys: {},
  canFindPeak: false,
  deriveTargets: (
    { offlineExpectedQps, minDurationMs, minQueryCount, performanceIssueUnique },
    performanceSampleCount,
  ) => {
    const targetSampleCount = Math.trunc(SLACK * (minDurationMs / 1000) * offlineExpectedQps);
    return {
      samplesPerQuery: performanceIssueUnique ? performanceSampleCount : Math.max(minQueryCount, targetSampleCount),
      targetQps: offlineExpectedQps,
      targetLatencyNs: 0,
      // The percentile has no meaning here; the official LoadGen logs 0.99 all the same.
      targetLatencyPercentile: 0.99,
      maxAsyncQueries: 1,
      targetDurationMs: 0,
      minQueryCount: 1,
    };
  },
  requestedEntries: (settings) => [['requested_offline_expected_qps', { real: settings.offlineExpectedQps }]],
  expectation: (measuredNs) => expectedRate('offlineExpectedQps', measuredNs, EXPECTED_SHARE),

  querySamples: 'all',
  generationFactor: 2,
  hasSchedule: true,
  intervalsNs: fixedIntervalNs,

  pace: () => undefined,
  issuesAll: false,
  coalesces: () => false,

  scoreKey: SCORE_KEY,
  summarize: ({ settings, measured, sortedLatenciesNs, latency }) => ({
    figures: {
      scenario: 'Offline',
      samplesPerSecond: perSecond(measured.sampleLatenciesNs.length, latency.maxNs),
    },
    targetPercentileLatencyNs: percentileOf(sortedLatenciesNs, settings.targetLatencyPercentile),
    performanceConstraint: undefined,
    minDuration: {
      met: lastsMinDuration(settings, latency.maxNs),
      recommendation: 'Increase expected QPS so the loadgen pre-generates a larger (coalesced) query.',
    },
    earlyStopping: { kind: 'none', met: true },
    harness: undefined,
  }),
  headline: ({ figures }) => `Samples per second: ${formatGeneral(figures.samplesPerSecond)}`,
  statisticsLines: ({ latency }) => latencyLines(latency),
  resultEntries: ({ figures }) => [[SCORE_KEY, { real: figures.samplesPerSecond }]],
};
