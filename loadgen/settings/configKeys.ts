/** Every key of `mlperf.conf`, `user.conf` and `audit.config`: what it sets, in which unit, within which bounds. */
import { TEST_MODES, type TestScenario, type TestSettings } from './testSettings.js';

interface ConfigKey {
  /** Read under this scenario's name whatever runs, as the official LoadGen does; where absent, under the run's own. */
  readonly scenario?: TestScenario;
  readonly onlyInMlperfConf?: true;
  /** Checked, and of no consequence here; whoever sets it for this model is told so. */
  readonly withoutEffect?: true;
  /** Sets the value, or says what is wrong with it. */
  readonly apply: (settings: TestSettings, value: string) => string | undefined;
}

type FieldOf<T> = { [K in keyof TestSettings]: TestSettings[K] extends T ? K : never }[keyof TestSettings];

const MAX_SEED = 2n ** 64n - 1n;
const NS_PER_MS = 1e6;

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

  target_latency_percentile: { apply: applyTargetLatencyPercentile },
  target_latency: { apply: applyTargetLatency },
  target_qps: { apply: applyTargetQps },
  samples_per_query: { scenario: 'MultiStream', apply: count('multiStreamSamplesPerQuery', 1) },
  coalesce_queries: { scenario: 'Server', apply: flag('serverCoalesceQueries') },
  max_async_queries: { scenario: 'Server', apply: count('serverMaxAsyncQueries') },

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

function applyTargetLatencyPercentile(settings: TestSettings, value: string): string | undefined {
  const parsed = parseReal(value);
  if (typeof parsed === 'string') return parsed;
  if (parsed <= 0 || parsed >= 100) return 'expected a percentile between 0 and 100, both excluded';
  // Multiplied, not divided, as the official LoadGen does: the last bit may differ.
  const percentile = parsed * 0.01;
  if (settings.scenario === 'SingleStream') settings.singleStreamTargetLatencyPercentile = percentile;
  if (settings.scenario === 'MultiStream') settings.multiStreamTargetLatencyPercentile = percentile;
  if (settings.scenario === 'Server') settings.serverTargetLatencyPercentile = percentile;
  return undefined;
}

/** Server's bound is a whole number of milliseconds, the others' expected latency need not be. */
function applyTargetLatency(settings: TestSettings, value: string): string | undefined {
  const isServer = settings.scenario === 'Server';
  const parsed = isServer ? parseCount(value) : parseReal(value);
  if (typeof parsed === 'string') return parsed;
  const latencyNs = parsed * NS_PER_MS;
  if (!isServer && latencyNs < 1) return 'expected a latency in milliseconds of at least 0.000001';
  if (settings.scenario === 'SingleStream') settings.singleStreamExpectedLatencyNs = latencyNs;
  if (settings.scenario === 'MultiStream') settings.multiStreamExpectedLatencyNs = latencyNs;
  if (isServer) settings.serverTargetLatencyNs = latencyNs;
  return undefined;
}

function applyTargetQps(settings: TestSettings, value: string): string | undefined {
  const parsed = parseReal(value);
  if (typeof parsed === 'string') return parsed;
  if (parsed <= 0 || parsed > 1e9) return 'expected queries per second, above 0 and at most 1000000000';
  if (settings.scenario === 'Server') settings.serverTargetQps = parsed;
  if (settings.scenario === 'Offline') settings.offlineExpectedQps = parsed;
  return undefined;
}

function numberWithoutEffect(_: TestSettings, value: string): string | undefined {
  const parsed = parseReal(value);
  return typeof parsed === 'string' ? parsed : undefined;
}

function count(field: FieldOf<number>, minimum = 0): ConfigKey['apply'] {
  return (settings, value) => {
    const parsed = parseCount(value, minimum);
    if (typeof parsed === 'string') return parsed;
    settings[field] = parsed;
    return undefined;
  };
}

function extension(key: string, minimum = 0): ConfigKey['apply'] {
  return (settings, value) => {
    const parsed = parseCount(value, minimum);
    if (typeof parsed === 'string') return parsed;
    settings.extensions = { ...settings.extensions, [key]: parsed };
    return undefined;
  };
}

function flag(field: FieldOf<boolean>): ConfigKey['apply'] {
  return (settings, value) => {
    if (value !== '0' && value !== '1') return 'expected 0 or 1';
    settings[field] = value === '1';
    return undefined;
  };
}

function seed(field: FieldOf<bigint>): ConfigKey['apply'] {
  return (settings, value) => {
    const fault = faultOfInteger(value);
    if (fault !== undefined) return fault;
    const parsed = BigInt(value);
    if (parsed > MAX_SEED) return `expected at most ${MAX_SEED}`;
    settings[field] = parsed;
    return undefined;
  };
}

function percent(field: FieldOf<number>): ConfigKey['apply'] {
  return (settings, value) => {
    const parsed = parseReal(value);
    if (typeof parsed === 'string') return parsed;
    if (parsed < 0 || parsed > 100) return 'expected a percentage from 0 to 100';
    settings[field] = parsed * 0.01;
    return undefined;
  };
}

function parseCount(value: string, minimum = 0): number | string {
  const fault = faultOfInteger(value);
  if (fault !== undefined) return fault;
  const parsed = Number(value);
  if (parsed < minimum) return `expected at least ${minimum}`;
  return Number.isSafeInteger(parsed) ? parsed : `expected at most ${Number.MAX_SAFE_INTEGER}`;
}

/** The official LoadGen reads with `strtoull`, base 0: a leading 0 means octal, and 1e3 means 1. */
function faultOfInteger(value: string): string | undefined {
  if (/^(0|[1-9]\d*|0[xX][0-9a-fA-F]+)$/.test(value)) return undefined;
  if (/^0\d+$/.test(value))
    return 'expected an integer without leading zeros, which the official LoadGen reads as octal';
  return 'expected an integer of 0 or more, in digits only';
}

function parseReal(value: string): number | string {
  const parsed = Number(value);
  if (!/^[0-9.]+([eE][+-]?\d+)?$/.test(value) || !Number.isFinite(parsed)) return 'expected a number of 0 or more';
  return parsed;
}
