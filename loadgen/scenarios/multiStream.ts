import { latencyEntries, latencyLines } from '../logs/latencyLines.js';
import { estimatedLatencyNs, estimateEarlyStopping } from '../results/earlyStoppingResult.js';
import { type LatencyStatistics, latencyStatistics, queryLatencies } from '../results/latencyStatistics.js';
import { count, expectedLatencyMs, queriesPerSecond, targetPercentile } from '../settings/configValues.js';
import type { Scenario } from './scenario.js';
import { expectedLatency, STREAM, streamTargets, summarizeStream } from './streams.js';

export interface MultiStreamFigures {
  readonly scenario: 'MultiStream';
  /** A query is answered when the last of its samples is. */
  readonly queryLatency: LatencyStatistics;
}

const SCORE_KEY = 'early_stopping_latency_ms';

/** One query of several samples at a time. */
export const multiStream: Scenario<MultiStreamFigures> = {
  ...STREAM,
  targetKeys: {
    target_latency_percentile: targetPercentile('multiStreamTargetLatencyPercentile'),
    target_latency: expectedLatencyMs('multiStreamExpectedLatencyNs'),
    target_qps: queriesPerSecond(),
  },
  ownKeys: { samples_per_query: count('multiStreamSamplesPerQuery', 1) },
  deriveTargets: (settings) => ({
    ...streamTargets(settings.multiStreamExpectedLatencyNs, settings.multiStreamTargetLatencyPercentile),
    samplesPerQuery: settings.multiStreamSamplesPerQuery,
    targetDurationMs: settings.minDurationMs,
    minQueryCount: settings.minQueryCount,
  }),
  requestedEntries: (settings) => [
    ['requested_multi_stream_expected_latency_ns', { real: settings.multiStreamExpectedLatencyNs }],
    ['requested_multi_stream_target_latency_percentile', { real: settings.multiStreamTargetLatencyPercentile }],
    ['requested_multi_stream_samples_per_query', settings.multiStreamSamplesPerQuery],
  ],
  expectation: (measuredNs) => expectedLatency('multiStreamExpectedLatencyNs', measuredNs),

  querySamples: 'contiguous',

  scoreKey: SCORE_KEY,
  summarize: (series) => {
    const { sampleLatenciesNs, samplesPerQuery } = series.measured;
    const queriesNs = queryLatencies(sampleLatenciesNs, samplesPerQuery);
    const sortedQueriesNs = queriesNs.toSorted();
    return {
      ...summarizeStream(series, queriesNs, sortedQueriesNs),
      figures: { scenario: 'MultiStream', queryLatency: latencyStatistics(sortedQueriesNs) },
      earlyStopping: estimateEarlyStopping(sortedQueriesNs, series.settings.targetLatencyPercentile, undefined),
    };
  },
  statisticsLines: ({ figures }) => ['Per-query latency:  ', ...latencyLines(figures.queryLatency)],
  resultEntries: ({ figures, earlyStopping }) => [
    ...latencyEntries(figures.queryLatency, '_query', '_per_query'),
    [SCORE_KEY, estimatedLatencyNs(earlyStopping, 'target')],
  ],
};
