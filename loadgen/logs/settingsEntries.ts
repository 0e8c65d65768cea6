import { type DetailEntry, formatValue } from '../../logs/detail/write.js';
import { SCENARIOS } from '../scenarios/index.js';
import type { EffectiveSettings, TestSettings } from '../settings/testSettings.js';

/** The `requested_*` lines of the detail log, in the official order. */
export function requestedSettingsEntries(settings: Readonly<TestSettings>): DetailEntry[] {
  return [
    ['requested_scenario', settings.scenario],
    ['requested_test_mode', settings.mode],
    ...SCENARIOS[settings.scenario].requestedEntries(settings),
    ['requested_min_duration_ms', settings.minDurationMs],
    ['requested_max_duration_ms', settings.maxDurationMs],
    ['requested_min_query_count', settings.minQueryCount],
    ['requested_max_query_count', settings.maxQueryCount],
    ...seedAndIssueEntries('requested', settings),
    ['requested_performance_sample_count_override', settings.performanceSampleCountOverride],
    ['requested_accuracy_sample_count_override', settings.accuracySampleCountOverride],
    ['requested_sample_concatenate_permutation', settings.sampleConcatenatePermutation],
  ];
}

/** The `effective_*` lines. */
export function effectiveSettingsEntries(settings: EffectiveSettings): DetailEntry[] {
  return [
    ['effective_scenario', settings.scenario],
    ['effective_test_mode', settings.mode],
    ['effective_samples_per_query', settings.samplesPerQuery],
    ['effective_target_qps', { real: settings.targetQps }],
    ['effective_target_latency_ns', settings.targetLatencyNs],
    ['effective_target_latency_percentile', { real: settings.targetLatencyPercentile }],
    ['effective_max_async_queries', settings.maxAsyncQueries],
    ['effective_target_duration_ms', settings.targetDurationMs],
    ['effective_min_duration_ms', settings.minDurationMs],
    ['effective_max_duration_ms', settings.maxDurationMs],
    ['effective_min_query_count', settings.minQueryCount],
    ['effective_max_query_count', settings.maxQueryCount],
    ['effective_min_sample_count', settings.minSampleCount],
    ...seedAndIssueEntries('effective', settings.requested),
    ['effective_performance_sample_count', settings.performanceSampleCount],
    ['effective_accuracy_sample_count', settings.accuracySampleCount],
    ['effective_sample_concatenate_permutation', settings.sampleConcatenatePermutation],
  ];
}

/** The `effective_*` values by key, as a reader of the log finds them: real numbers have six digits there. */
export function effectiveSettingsInLog(
  settings: EffectiveSettings,
): Record<string, string | number | boolean | bigint> {
  return Object.fromEntries(
    effectiveSettingsEntries(settings).map(([key, value]) => [
      key,
      typeof value === 'object' ? Number(formatValue(value)) : value,
    ]),
  );
}

function seedAndIssueEntries(prefix: 'requested' | 'effective', settings: Readonly<TestSettings>): DetailEntry[] {
  return [
    [`${prefix}_qsl_rng_seed`, settings.qslRngSeed],
    [`${prefix}_sample_index_rng_seed`, settings.sampleIndexRngSeed],
    [`${prefix}_schedule_rng_seed`, settings.scheduleRngSeed],
    [`${prefix}_accuracy_log_rng_seed`, settings.accuracyLogRngSeed],
    [`${prefix}_accuracy_log_probability`, { real: settings.accuracyLogProbability }],
    [`${prefix}_accuracy_log_sampling_target`, settings.accuracyLogSamplingTarget],
    [`${prefix}_print_timestamps`, settings.printTimestamps],
    [`${prefix}_performance_issue_unique`, settings.performanceIssueUnique],
    [`${prefix}_performance_issue_same`, settings.performanceIssueSame],
    [`${prefix}_performance_issue_same_index`, settings.performanceIssueSameIndex],
  ];
}
