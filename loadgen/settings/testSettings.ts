export const TEST_SCENARIOS = ['SingleStream', 'MultiStream', 'Server', 'Offline'] as const;
export type TestScenario = (typeof TEST_SCENARIOS)[number];

/** In the order of the numbers that config files use for them: 0 is SubmissionRun. */
export const TEST_MODES = ['SubmissionRun', 'AccuracyOnly', 'PerformanceOnly', 'FindPeakPerformance'] as const;
export type TestMode = (typeof TEST_MODES)[number];

/** What a user asks for: the official `TestSettings`, field for field. Seeds are unsigned 64-bit integers. */
export interface TestSettings {
  scenario: TestScenario;
  mode: TestMode;

  singleStreamExpectedLatencyNs: number;
  /** From 0 to 1, as all percentiles here; config files count to 100. */
  singleStreamTargetLatencyPercentile: number;

  multiStreamExpectedLatencyNs: number;
  multiStreamTargetLatencyPercentile: number;
  multiStreamSamplesPerQuery: number;

  serverTargetQps: number;
  serverTargetLatencyNs: number;
  serverTargetLatencyPercentile: number;
  serverCoalesceQueries: boolean;
  serverFindPeakQpsDecimalsOfPrecision: number;
  serverFindPeakQpsBoundaryStepSize: number;
  /** 0: no limit. */
  serverMaxAsyncQueries: number;

  offlineExpectedQps: number;
  sampleConcatenatePermutation: boolean;

  minDurationMs: number;
  /** 0: no limit. */
  maxDurationMs: number;
  minQueryCount: number;
  /** 0: no limit. */
  maxQueryCount: number;

  qslRngSeed: bigint;
  sampleIndexRngSeed: bigint;
  scheduleRngSeed: bigint;
  accuracyLogRngSeed: bigint;
  /** The share of responses that a performance run logs for checking afterwards. */
  accuracyLogProbability: number;
  /** How many responses a performance run should log; where not 0, it replaces `accuracyLogProbability`. */
  accuracyLogSamplingTarget: number;

  test05: boolean;
  test05QslRngSeed: bigint;
  test05SampleIndexRngSeed: bigint;
  test05ScheduleRngSeed: bigint;

  printTimestamps: boolean;
  performanceIssueUnique: boolean;
  performanceIssueSame: boolean;
  performanceIssueSameIndex: number;
  /** 0: what the sample library says. */
  performanceSampleCountOverride: number;
  /** 0: all samples of the library. */
  accuracySampleCountOverride: number;

  /**
   * Values of config keys that are not the LoadGen's, by key: `sut_workers`, `sut_threads`, `sut_batch`. For whoever
   * creates the system under test; the LoadGen ignores them. Default: empty.
   */
  extensions: Readonly<Record<string, number>>;
}

/** The official defaults. */
export function defaultTestSettings(): TestSettings {
  return {
    scenario: 'SingleStream',
    mode: 'PerformanceOnly',
    singleStreamExpectedLatencyNs: 1_000_000,
    singleStreamTargetLatencyPercentile: 0.9,
    multiStreamExpectedLatencyNs: 8_000_000,
    multiStreamTargetLatencyPercentile: 0.99,
    multiStreamSamplesPerQuery: 8,
    serverTargetQps: 1,
    serverTargetLatencyNs: 100_000_000,
    serverTargetLatencyPercentile: 0.99,
    serverCoalesceQueries: false,
    serverFindPeakQpsDecimalsOfPrecision: 1,
    serverFindPeakQpsBoundaryStepSize: 1,
    serverMaxAsyncQueries: 0,
    offlineExpectedQps: 1,
    sampleConcatenatePermutation: false,
    minDurationMs: 10_000,
    maxDurationMs: 0,
    minQueryCount: 100,
    maxQueryCount: 0,
    qslRngSeed: 0n,
    sampleIndexRngSeed: 0n,
    scheduleRngSeed: 0n,
    accuracyLogRngSeed: 0n,
    accuracyLogProbability: 0,
    accuracyLogSamplingTarget: 0,
    test05: false,
    test05QslRngSeed: 0n,
    test05SampleIndexRngSeed: 0n,
    test05ScheduleRngSeed: 0n,
    printTimestamps: false,
    performanceIssueUnique: false,
    performanceIssueSame: false,
    performanceIssueSameIndex: 0,
    performanceSampleCountOverride: 0,
    accuracySampleCountOverride: 0,
    extensions: {},
  };
}
