import { MAX_SAMPLES } from '../../loadgen/settings/settingsFaults.js';
import type { EffectiveSettings } from '../../loadgen/settings/testSettings.js';
import { defaultTestSettings, TEST_MODES, TEST_SCENARIOS } from '../../loadgen/settings/testSettings.js';
import { MAX_ENTRY_COUNT } from '../../logs/accuracy/read.js';
import type { LogValues } from '../../logs/detail/values.js';

/** The settings a run had, from the `effective_*` lines of its detail log. Real numbers have six digits there. */
export function recordedSettings(log: LogValues): EffectiveSettings {
  const samplesPerQuery = count(log, 'samples_per_query');
  const scenario = oneOf(log, 'scenario', TEST_SCENARIOS);
  const mode = oneOf(log, 'test_mode', TEST_MODES);
  const sampleConcatenatePermutation = log.boolean('effective_sample_concatenate_permutation');
  const minDurationMs = log.number('effective_min_duration_ms');
  return {
    requested: {
      ...defaultTestSettings(),
      scenario,
      mode,
      minDurationMs,
      qslRngSeed: log.bigint('effective_qsl_rng_seed'),
      sampleIndexRngSeed: log.bigint('effective_sample_index_rng_seed'),
      scheduleRngSeed: log.bigint('effective_schedule_rng_seed'),
      accuracyLogRngSeed: log.bigint('effective_accuracy_log_rng_seed'),
      accuracyLogProbability: log.number('effective_accuracy_log_probability'),
      accuracyLogSamplingTarget: log.number('effective_accuracy_log_sampling_target'),
      performanceIssueUnique: log.boolean('effective_performance_issue_unique'),
      performanceIssueSame: log.boolean('effective_performance_issue_same'),
      performanceIssueSameIndex: log.number('effective_performance_issue_same_index'),
      sampleConcatenatePermutation,
    },
    scenario,
    mode,
    samplesPerQuery,
    targetQps: log.number('effective_target_qps'),
    targetLatencyNs: log.number('effective_target_latency_ns'),
    targetLatencyPercentile: log.number('effective_target_latency_percentile'),
    maxAsyncQueries: log.number('effective_max_async_queries'),
    targetDurationMs: log.number('effective_target_duration_ms'),
    minDurationMs,
    maxDurationMs: log.number('effective_max_duration_ms'),
    minQueryCount: count(log, 'min_query_count'),
    maxQueryCount: log.number('effective_max_query_count'),
    minSampleCount: log.number('effective_min_sample_count'),
    performanceSampleCount: count(log, 'performance_sample_count'),
    accuracySampleCount: count(log, 'accuracy_sample_count'),
    sampleConcatenatePermutation,
  };
}

/** Of the query sample library. An accuracy log has room for a response to each. */
export function librarySampleCount(log: LogValues): number {
  const key = 'qsl_reported_total_count';
  const value = log.number(key);
  if (Number.isInteger(value) && value >= 1 && value <= MAX_ENTRY_COUNT) return value;
  throw log.error(key, String(value), `a whole number from 1 to ${MAX_ENTRY_COUNT}`);
}

/** Bounded, since so much is drawn and held. */
function count(log: LogValues, name: string): number {
  const key = `effective_${name}`;
  const value = log.number(key);
  if (Number.isInteger(value) && value >= 0 && value <= MAX_SAMPLES) return value;
  throw log.error(key, String(value), `a whole number from 0 to ${MAX_SAMPLES}`);
}

function oneOf<T extends string>(log: LogValues, name: string, known: readonly T[]): T {
  const key = `effective_${name}`;
  const value = log.string(key);
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw log.error(key, `"${value}"`, `one of ${known.join(', ')}`);
  return found;
}
