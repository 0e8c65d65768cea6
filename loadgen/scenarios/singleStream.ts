import { formatFixed } from '../../logs/formatNumber.js';
import { latencyLines } from '../logs/latencyLines.js';
import { estimatedLatencyNs, estimateEarlyStopping, MULTI_STREAM_PERCENTILE } from '../results/earlyStoppingResult.js';
import { perSecond } from '../results/seriesSummary.js';
import { expectedLatencyMs, queriesPerSecond, targetPercentile } from '../settings/configValues.js';
import type { TestSettings } from '../settings/testSettings.js';
import type { Scenario } from './scenario.js';
import { expectedLatency, STREAM, streamTargets, summarizeStream } from './streams.js';

export interface SingleStreamFigures {
  readonly scenario: 'SingleStream';
  readonly qpsWithOverhead: number;
  readonly qpsWithoutOverhead: number;
}

/** Latencies may vary widely, so whole permutations are generated for twice the minimum duration. */
const PERMUTATION_SLACK = 2;
const SCORE_KEY = 'early_stopping_latency_ss';

/** One sample at a time. */
export const singleStream: Scenario<SingleStreamFigures> = {
  ...STREAM,
  targetKeys: {
    target_latency_percentile: targetPercentile('singleStreamTargetLatencyPercentile'),
    target_latency: expectedLatencyMs('singleStreamExpectedLatencyNs'),
    target_qps: queriesPerSecond(),
  },
  deriveTargets: (settings, _, library) => {
    const { singleStreamExpectedLatencyNs, singleStreamTargetLatencyPercentile, minDurationMs } = settings;
    const targets = streamTargets(singleStreamExpectedLatencyNs, singleStreamTargetLatencyPercentile);
    const minQueryCount = minQueries(settings, targets.targetQps, library.performanceSampleCount);
    return { ...targets, samplesPerQuery: 1, targetDurationMs: minDurationMs, minQueryCount };
  },
  requestedEntries: (settings) => [
    ['requested_single_stream_expected_latency_ns', { real: settings.singleStreamExpectedLatencyNs }],
    ['requested_single_stream_target_latency_percentile', { real: settings.singleStreamTargetLatencyPercentile }],
  ],
  expectation: (measuredNs) => expectedLatency('singleStreamExpectedLatencyNs', measuredNs),

  querySamples: 'one',

  scoreKey: SCORE_KEY,
  summarize: (series) => {
    const { settings, measured, sortedLatenciesNs, latency } = series;
    const { sampleLatenciesNs, issuedNs } = measured;
    return {
      ...summarizeStream(series, sampleLatenciesNs, sortedLatenciesNs),
      figures: {
        scenario: 'SingleStream',
        // From the first start to the last lies one query less.
        qpsWithOverhead: perSecond(sampleLatenciesNs.length - 1, issuedNs.at(-1) ?? 0),
        qpsWithoutOverhead: perSecond(1, latency.meanNs),
      },
      earlyStopping: estimateEarlyStopping(
        sortedLatenciesNs,
        settings.targetLatencyPercentile,
        MULTI_STREAM_PERCENTILE,
      ),
    };
  },
  statisticsLines: ({ figures, latency }) => [
    `QPS w/ loadgen overhead         : ${formatFixed(figures.qpsWithOverhead, 2)}`,
    `QPS w/o loadgen overhead        : ${formatFixed(figures.qpsWithoutOverhead, 2)}`,
    '',
    ...latencyLines(latency),
  ],
  resultEntries: ({ figures, earlyStopping }) => [
    ['result_qps_with_loadgen_overhead', { real: figures.qpsWithOverhead }],
    ['result_qps_without_loadgen_overhead', { real: figures.qpsWithoutOverhead }],
    [SCORE_KEY, estimatedLatencyNs(earlyStopping, 'target')],
    ['early_stopping_latency_ms', estimatedLatencyNs(earlyStopping, 'multiStream')],
  ],
};

function minQueries(settings: TestSettings, targetQps: number, performanceSampleCount: number): number {
  const { minQueryCount, minDurationMs, sampleConcatenatePermutation } = settings;
  if (!sampleConcatenatePermutation) return minQueryCount;
  const expectedQueries = Math.trunc(PERMUTATION_SLACK * (minDurationMs / 1000) * targetQps);
  const atLeast = Math.max(minQueryCount, expectedQueries);
  // One permutation more even if the count is a multiple already, as the official LoadGen has it.
  return atLeast + performanceSampleCount - (atLeast % performanceSampleCount);
}
