import type { DetailEntry } from '../../logs/detail/write.js';
import { formatFixed } from '../../logs/formatNumber.js';
import type { LatencyStatistics } from '../results/latencyStatistics.js';
import { type Constraint, estimatedLatencyNs, type PerformanceSummary } from '../results/performanceSummary.js';
import { earlyStoppingText } from './earlyStoppingText.js';

/** The `result_*` and `early_stopping_*` lines of the detail log, in the official order. */
export function resultEntries(summary: PerformanceSummary): DetailEntry[] {
  const { performanceConstraint, figures } = summary;
  const entries: DetailEntry[] = [['result_validity', summary.valid ? 'VALID' : 'INVALID']];
  if (performanceConstraint !== undefined) entries.push(['result_perf_constraints_met', performanceConstraint.met]);
  entries.push(
    ['result_min_duration_met', summary.minDuration.met],
    ['result_min_queries_met', summary.minQueries.met],
    ['early_stopping_met', summary.earlyStopping.met],
  );
  if (!summary.valid) entries.push(['result_invalid_reason', invalidReason(summary)]);
  entries.push(
    ['early_stopping_result', onOneLine(earlyStoppingText(summary))],
    ['result_query_count', summary.queryCount],
  );
  if (figures.scenario === 'Server') entries.push(['result_overlatency_query_count', figures.overlatencyQueryCount]);
  return [...entries, ...scenarioEntries(summary), ...latencyEntries(summary.latency, '', '')];
}

/** Why the result is INVALID. The official LoadGen has no reason where only early stopping failed. */
function invalidReason(summary: PerformanceSummary): string {
  const { performanceConstraint, minDuration, minQueries } = summary;
  const unmet = [performanceConstraint, minDuration].filter(
    (constraint): constraint is Constraint => constraint?.met === false,
  );
  // The hint about the detailed log belongs into the summary only.
  const tooFew = minQueries.met ? '' : (minQueries.recommendation.split('\n')[0] ?? '');
  const reason = unmet.map(({ recommendation }) => `${recommendation} `).join('') + tooFew;
  return reason === ''
    ? `Early stopping: ${onOneLine(earlyStoppingText(summary)).replaceAll(' *', '').trim()}`
    : reason;
}

function scenarioEntries({ figures, earlyStopping }: PerformanceSummary): DetailEntry[] {
  const estimates = earlyStopping.kind === 'estimate' ? earlyStopping : undefined;
  switch (figures.scenario) {
    case 'SingleStream':
      return [
        ['result_qps_with_loadgen_overhead', { real: figures.qpsWithOverhead }],
        ['result_qps_without_loadgen_overhead', { real: figures.qpsWithoutOverhead }],
        ['early_stopping_latency_ss', estimatedLatencyNs(estimates?.target)],
        ['early_stopping_latency_ms', estimatedLatencyNs(estimates?.multiStream)],
      ];
    case 'MultiStream':
      return [
        ...latencyEntries(figures.queryLatency, '_query', '_per_query'),
        ['early_stopping_latency_ms', estimatedLatencyNs(estimates?.target)],
      ];
    case 'Server':
      return [
        ['result_scheduled_samples_per_sec', { real: figures.scheduledSamplesPerSecond }],
        ['result_completed_samples_per_sec', { real: figures.completedSamplesPerSecond }],
      ];
    case 'Offline':
      return [['result_samples_per_second', { real: figures.samplesPerSecond }]];
  }
}

function latencyEntries(latency: LatencyStatistics, ofWhat: string, ofWhichPercentile: string): DetailEntry[] {
  return [
    [`result_min${ofWhat}_latency_ns`, latency.minNs],
    [`result_max${ofWhat}_latency_ns`, latency.maxNs],
    [`result_mean${ofWhat}_latency_ns`, latency.meanNs],
    ...latency.percentiles.map(({ percentile, latencyNs }): DetailEntry => {
      return [`result_${formatFixed(percentile * 100, 2)}_percentile${ofWhichPercentile}_latency_ns`, latencyNs];
    }),
  ];
}

function onOneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}
