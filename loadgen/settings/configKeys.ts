/** Every key of `mlperf.conf`, `user.conf` and `audit.config`. */
import { SCENARIOS } from '../scenarios/index.js';
import { type ApplyValue, count, extension, flag, numberWithoutEffect, percent, seed } from './configValues.js';
import { TEST_MODES, TEST_SCENARIOS, type TestScenario, type TestSettings } from './testSettings.js';

interface ConfigKey {
  /** Read under this scenario's name whatever runs, as the official LoadGen does; where absent, under the run's own. */
  readonly scenario?: TestScenario;
  readonly onlyInMlperfConf?: true;
  /** Checked, and without effect here; whoever sets it for this model is told so. */
  readonly withoutEffect?: true;
  readonly apply: ApplyValue;
}

export const CONFIG_KEYS: Readonly<Record<string, ConfigKey>> = {
  mode: { apply: applyMode },

  qsl_rng_seed: { onlyInMlperfConf: true, apply: seed('qslRngSeed') },
  sample_index_rng_seed: { onlyInMlperfConf: true, apply: seed('sampleIndexRngSeed') },
  schedule_rng_seed: { onlyInMlperfConf: true, apply: seed('scheduleRngSeed') },
  accuracy_log_probability: { onlyInMlperfConf: true, apply: percent('accuracyLogProbability') },
  test05: { onlyInMlperfConf: true, apply: flag('test05') },
  test05_qsl_rng_seed: { onlyInMlperfConf: true, apply: seed('test05QslRngSeed') },
  test05_sample_index_rng_seed: { onlyInMlperfConf: true, apply: seed('test05SampleIndexRngSeed') },
  test05_schedule_rng_seed: { onlyInMlperfConf: true, apply: seed('test05ScheduleRngSeed') },

  target_latency_percentile: { apply: applyTarget('target_latency_percentile') },
  target_latency: { apply: applyTarget('target_latency') },
  target_qps: { apply: applyTarget('target_qps') },
  ...scenarioKeys(),

  performance_issue_unique: { apply: flag('performanceIssueUnique') },
  performance_issue_same: { apply: flag('performanceIssueSame') },
  performance_issue_same_index: { apply: count('performanceIssueSameIndex') },
  sample_concatenate_permutation: { apply: flag('sampleConcatenatePermutation') },
  min_duration: { apply: count('minDurationMs') },
  max_duration: { apply: count('maxDurationMs') },
  min_query_count: { apply: count('minQueryCount') },
  max_query_count: { apply: count('maxQueryCount') },
  performance_sample_count_override: { apply: count('performanceSampleCountOverride') },
  accuracy_sample_count_override: { apply: count('accuracySampleCountOverride') },
  print_timestamps: { apply: flag('printTimestamps') },
  accuracy_log_rng_seed: { apply: seed('accuracyLogRngSeed') },
  accuracy_log_sampling_target: { apply: count('accuracyLogSamplingTarget') },

  // The official LoadGen ignores these. The placement of the system under test is for whoever creates the system.
  sut_workers: { apply: extension('sut_workers') },
  sut_threads: { apply: extension('sut_threads', 1) },
  sut_batch: { apply: extension('sut_batch', 1) },
  target_duration: { apply: numberWithoutEffect },

  // Only language models have tokens.
  use_token_latencies: { withoutEffect: true, apply: numberWithoutEffect },
  infer_token_latencies: { withoutEffect: true, apply: numberWithoutEffect },
  token_latency_scaling_factor: { withoutEffect: true, apply: numberWithoutEffect },
  ttft_latency: { withoutEffect: true, apply: numberWithoutEffect },
  tpot_latency: { withoutEffect: true, apply: numberWithoutEffect },
};

function applyMode(settings: TestSettings, value: string): string | undefined {
  const mode = /^\d$/.test(value) ? TEST_MODES[Number(value)] : undefined;
  if (mode === undefined) return `expected ${TEST_MODES.map((name, number) => `${number} (${name})`).join(', ')}`;
  settings.mode = mode;
  return undefined;
}

function applyTarget(key: 'target_latency_percentile' | 'target_latency' | 'target_qps'): ApplyValue {
  return (settings, value) => SCENARIOS[settings.scenario].targetKeys[key](settings, value);
}

function scenarioKeys(): Record<string, ConfigKey> {
  return Object.fromEntries(
    TEST_SCENARIOS.flatMap((scenario) =>
      Object.entries(SCENARIOS[scenario].ownKeys).map(([key, apply]) => [key, { scenario, apply }]),
    ),
  );
}
