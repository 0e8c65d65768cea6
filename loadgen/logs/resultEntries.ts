import type { EarlyStoppingEstimate, PerformanceSummary } from '../results/performanceSummary.js';
import type { DetailEntry } from './detailLog.js';
import { earlyStoppingText } from './earlyStoppingText.js';
import { formatFixed } from './formatNumber.js';

/** The `result_*` and `early_stopping_*` lines of the detail log, in the official order. */
export function resultEntries(summary: PerformanceSummary): DetailEntry[] {
  return [
    ['result_validity', summary.valid ? 'VALID' : 'INVALID'],
    ['result_min_duration_met', summary.minDuration.met],
    ['result_min_queries_met', summary.minQueries.met],
    ['early_stopping_met', summary.earlyStoppingMet],
    ...(summary.valid ? [] : [['result_invalid_reason', invalidReason(summary)] as const]),
    ['early_stopping_result', onOneLine(earlyStoppingText(summary))],
    ['result_query_count', summary.queryCount],
    ...scenarioEntries(summary),
    ['result_min_latency_ns', summary.latency.minNs],
    ['result_max_latency_ns', summary.latency.maxNs],
    ['result_mean_latency_ns', summary.latency.meanNs],
    ...summary.latency.percentiles.map(
      ({ percentile, latencyNs }) =>
        [`result_${formatFixed(percentile * 100, 2)}_percentile_latency_ns`, latencyNs] as const,
    ),
  ];
}

/** Why the result is INVALID, in a sentence or several. The official LoadGen has none where only early stopping failed. */
function invalidReason(summary: PerformanceSummary): string {
  const { minDuration, minQueries, earlyStoppingMet } = summary;
  if (!earlyStoppingMet && minDuration.met && minQueries.met) {
    return `Early stopping: ${onOneLine(earlyStoppingText(summary)).replaceAll(' *', '').trim()}`;
  }
  return onOneLine(
    (minDuration.met ? '' : `${minDuration.recommendation} `) +
      // The hint about the detailed log belongs into the summary only.
      (minQueries.met ? '' : (minQueries.recommendation.split('\n')[0] ?? '')),
  );
}

function scenarioEntries(summary: PerformanceSummary): DetailEntry[] {
  if (summary.earlyStopping === undefined) return [['result_samples_per_second', { real: summary.samplesPerSecond }]];
  return [
    ['result_qps_with_loadgen_overhead', { real: summary.qpsWithOverhead }],
    ['result_qps_without_loadgen_overhead', { real: summary.qpsWithoutOverhead }],
    ['early_stopping_latency_ss', latencyOf(summary.earlyStopping.target)],
    ['early_stopping_latency_ms', latencyOf(summary.earlyStopping.p99)],
  ];
}

function latencyOf(estimate: EarlyStoppingEstimate): number {
  return estimate.state === 'estimated' ? estimate.latencyNs : 0;
}

function onOneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}
