import { elementAt } from '../../base/arrays.js';
import type { Clock } from '../../base/clock.js';
import { formatFixed } from '../../logs/formatNumber.js';
import type { EventLoopTurns } from '../eventLoopTurns.js';
import type { CompletionRecorder } from '../issue/completionRecorder.js';
import { latencyLines } from '../logs/latencyLines.js';
import { exponentialNs } from '../random/distributions.js';
import { MersenneTwister } from '../random/mersenneTwister.js';
import { boundEarlyStopping } from '../results/earlyStoppingResult.js';
import { harnessCost } from '../results/harnessCost.js';
import { latencyStatistics, percentileOf } from '../results/latencyStatistics.js';
import { lastsMinDuration, perSecond } from '../results/seriesSummary.js';
import { count, flag, latencyBoundMs, queriesPerSecond, targetPercentile } from '../settings/configValues.js';
import type { Scenario } from './scenario.js';
import { expectedRate } from './streams.js';

export interface ServerFigures {
  readonly scenario: 'Server';
  readonly scheduledSamplesPerSecond: number;
  readonly completedSamplesPerSecond: number;
  readonly overlatencyQueryCount: number;
}

const SCORE_KEY = 'result_completed_samples_per_sec';
/** A fault or an abort is noticed after this long at the latest, however far away the next query is. */
const LONGEST_SLEEP_NS = 100e6;
/** Random arrivals at half of what the system can do leave it time for queries that come close together. */
const EXPECTED_SHARE = 0.5;

/** Queries of one sample arrive at random times, whether or not those before are answered. */
export const server: Scenario<ServerFigures> = {
  targetKeys: {
    target_latency_percentile: targetPercentile('serverTargetLatencyPercentile'),
    target_latency: latencyBoundMs('serverTargetLatencyNs'),
    target_qps: queriesPerSecond('serverTargetQps'),
  },
  ownKeys: { coalesce_queries: flag('serverCoalesceQueries'), max_async_queries: count('serverMaxAsyncQueries') },
  canFindPeak: true,
  deriveTargets: (settings) => ({
    samplesPerQuery: 1,
    targetQps: settings.serverTargetQps,
    targetLatencyNs: settings.serverTargetLatencyNs,
    targetLatencyPercentile: settings.serverTargetLatencyPercentile,
    maxAsyncQueries: settings.serverMaxAsyncQueries,
    targetDurationMs: settings.minDurationMs,
    minQueryCount: settings.minQueryCount,
  }),
  requestedEntries: (settings) => [
    ['requested_server_target_qps', { real: settings.serverTargetQps }],
    ['requested_server_target_latency_ns', settings.serverTargetLatencyNs],
    ['requested_server_target_latency_percentile', { real: settings.serverTargetLatencyPercentile }],
    ['requested_server_coalesce_queries', settings.serverCoalesceQueries],
    ['requested_server_find_peak_qps_decimals_of_precision', settings.serverFindPeakQpsDecimalsOfPrecision],
    ['requested_server_find_peak_qps_boundary_step_size', { real: settings.serverFindPeakQpsBoundaryStepSize }],
    ['requested_server_max_async_queries', settings.serverMaxAsyncQueries],
    // One thread issues all queries.
    ['requested_server_num_issue_query_threads', 0],
  ],
  expectation: (measuredNs) => expectedRate('serverTargetQps', measuredNs, EXPECTED_SHARE),

  querySamples: 'one',
  // The schedule does not depend on the system.
  generationFactor: 1,
  hasSchedule: true,
  /** Poisson arrivals. */
  intervalsNs: ({ requested, targetQps }) => {
    const random = new MersenneTwister(requested.scheduleRngSeed);
    return () => exponentialNs(random, targetQps);
  },

  /** Late queries follow at once. */
  pace: (recorder, clock, turns, query) => {
    const dueNs = recorder.dueNs(query);
    return clock.nowNs() >= dueNs ? undefined : sleepUntilDue(recorder, clock, turns, dueNs);
  },
  issuesAll: true,
  coalesces: ({ requested }) => requested.serverCoalesceQueries,

  scoreKey: SCORE_KEY,
  summarize: ({ settings, measured, sortedLatenciesNs, latency }) => {
    const { sampleLatenciesNs, scheduledNs, issuedNs } = measured;
    const { targetLatencyNs, targetLatencyPercentile } = settings;
    const finalScheduledNs = scheduledNs.at(-1) ?? 0;
    const finalLatencyNs = sampleLatenciesNs.at(-1) ?? 0;
    // The last start is the open end of the time, so that one sample less was started in it.
    const startedCount = sampleLatenciesNs.length - 1;
    const overlatencyQueryCount = sampleLatenciesNs.reduce((late, ns) => late + (ns > targetLatencyNs ? 1 : 0), 0);
    const targetPercentileLatencyNs = percentileOf(sortedLatenciesNs, targetLatencyPercentile);
    const issueDelay = latencyStatistics(issuedNs.map((ns, i) => Math.round(ns - elementAt(scheduledNs, i))).sort());
    return {
      figures: {
        scenario: 'Server',
        scheduledSamplesPerSecond: perSecond(startedCount, finalScheduledNs),
        completedSamplesPerSecond: perSecond(startedCount, finalScheduledNs + finalLatencyNs),
        overlatencyQueryCount,
      },
      targetPercentileLatencyNs,
      performanceConstraint: {
        met: targetPercentileLatencyNs <= targetLatencyNs,
        recommendation: 'Reduce target QPS to improve latency.',
      },
      minDuration: {
        met: lastsMinDuration(settings, finalScheduledNs),
        recommendation: 'Increase the target QPS so the loadgen pre-generates more queries.',
      },
      earlyStopping: boundEarlyStopping(sampleLatenciesNs.length, overlatencyQueryCount, targetLatencyPercentile),
      harness: harnessCost(issueDelay.meanNs, latency.meanNs, issueDelay),
    };
  },
  headline: ({ figures }) => `Completed samples per second    : ${formatFixed(figures.completedSamplesPerSecond, 2)}`,
  statisticsLines: ({ figures, latency }) => [
    `Scheduled samples per second : ${formatFixed(figures.scheduledSamplesPerSecond, 2)}`,
    ...latencyLines(latency),
  ],
  resultEntries: ({ figures }) => [
    ['result_overlatency_query_count', figures.overlatencyQueryCount],
    ['result_scheduled_samples_per_sec', { real: figures.scheduledSamplesPerSecond }],
    [SCORE_KEY, { real: figures.completedSamplesPerSecond }],
  ],
};

async function sleepUntilDue(
  recorder: CompletionRecorder,
  clock: Clock,
  turns: EventLoopTurns,
  dueNs: number,
): Promise<void> {
  for (let nowNs = clock.nowNs(); nowNs < dueNs && recorder.fault === undefined; nowNs = clock.nowNs()) {
    await clock.sleepUntil(Math.min(dueNs, nowNs + LONGEST_SLEEP_NS));
  }
  turns.noteTurn();
}
