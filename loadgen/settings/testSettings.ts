export const TEST_SCENARIOS = ['SingleStream', 'MultiStream', 'Server', 'Offline'] as const;
export type TestScenario = (typeof TEST_SCENARIOS)[number];

/** In the order of the numbers that config files use for them: 0 is SubmissionRun. */
export const TEST_MODES = ['SubmissionRun', 'AccuracyOnly', 'PerformanceOnly', 'FindPeakPerformance'] as const;
export type TestMode = (typeof TEST_MODES)[number];

/**
 * What a user asks for: the official `TestSettings`, field for field. Percentiles and probabilities run from 0 to 1
 * (config files count to 100), seeds are unsigned 64-bit integers. Defaults: `defaultTestSettings`.
 */
export interface TestSettings {
  /**
   * SingleStream: one sample at a time; the score is a latency percentile.
   * MultiStream: several samples in each query, one query at a time; the score is a percentile of the queries' latencies.
   * Server: queries of one sample arrive at random, whether or not earlier ones are answered; the score is the rate.
   * Offline: all samples in one query; the score is the throughput. Default: SingleStream.
   */
  scenario: TestScenario;
  /**
   * PerformanceOnly measures; AccuracyOnly asks for every sample once and logs every response; SubmissionRun does both,
   * accuracy first; FindPeakPerformance searches for Server's highest valid rate. Default: PerformanceOnly.
   */
  mode: TestMode;

  /** The latency by which SingleStream's queries are generated: twice as many as fit into the run. Default: 1 ms. */
  singleStreamExpectedLatencyNs: number;
  /** The percentile that SingleStream reports. Default: 0.9. */
  singleStreamTargetLatencyPercentile: number;

  /** As in SingleStream, for a query of MultiStream. Default: 8 ms. */
  multiStreamExpectedLatencyNs: number;
  /** The percentile that MultiStream reports. Default: 0.99. */
  multiStreamTargetLatencyPercentile: number;
  /** Default: 8. */
  multiStreamSamplesPerQuery: number;

  /** The mean rate at which Server's queries arrive, per second; where a search for the peak starts. Default: 1. */
  serverTargetQps: number;
  /** Server's bound on the latency at the target percentile. Default: 100 ms. */
  serverTargetLatencyNs: number;
  /** The share of Server's queries that must meet the bound. Default: 0.99. */
  serverTargetLatencyPercentile: number;
  /** Whether Server sends queries that are due at the same time as one query of several samples. Default: false. */
  serverCoalesceQueries: boolean;
  /** FindPeakPerformance stops once the rate is known to this many decimals, 0 to 6. Default: 1. */
  serverFindPeakQpsDecimalsOfPrecision: number;
  /** FindPeakPerformance raises the rate by this share of itself until the bound is missed. Default: 1, which doubles it. */
  serverFindPeakQpsBoundaryStepSize: number;
  /** Ends a Server run when more samples than this are outstanding. Default: 0, no limit. */
  serverMaxAsyncQueries: number;

  /** The expected rate of samples, per second: Offline's query is sized for `minDurationMs` at this rate. Default: 1. */
  offlineExpectedQps: number;
  /** Makes the samples of a performance run whole permutations of the loaded set, one after another. Default: false. */
  sampleConcatenatePermutation: boolean;

  /** A run has to last at least this long to be VALID. Default: 10,000. */
  minDurationMs: number;
  /** Stops issuing after this long, which makes the run end early. Default: 0, no limit. */
  maxDurationMs: number;
  /** A run has to issue at least this many queries to be VALID; in Offline, samples. Default: 100. */
  minQueryCount: number;
  /** Stops issuing after this many queries, which makes the run end early. Default: 0, no limit. */
  maxQueryCount: number;

  /** Draws the order of the library's samples, and with it the sets that are loaded together. Default: 0. */
  qslRngSeed: bigint;
  /** Draws which samples queries ask for. Default: 0. */
  sampleIndexRngSeed: bigint;
  /** Draws when Server's queries arrive. Default: 0. */
  scheduleRngSeed: bigint;
  /** Draws which responses a performance run logs. Default: 0. */
  accuracyLogRngSeed: bigint;
  /** The share of responses that a performance run logs, so that they can be checked later. Default: 0. */
  accuracyLogProbability: number;
  /** How many responses a performance run should log; if not 0, it replaces `accuracyLogProbability`. Default: 0. */
  accuracyLogSamplingTarget: number;

  /** Compliance test TEST05: measures again, with the three seeds below in place of those above. Default: false. */
  test05: boolean;
  /** Default: 0. */
  test05QslRngSeed: bigint;
  /** Default: 0. */
  test05SampleIndexRngSeed: bigint;
  /** Default: 0. */
  test05ScheduleRngSeed: bigint;

  /** Logged for the official readers; has no effect here. Default: false. */
  printTimestamps: boolean;
  /** Issues each sample of the loaded set at most once; for compliance tests. Default: false. */
  performanceIssueUnique: boolean;
  /** Issues one sample over and over; for compliance tests. Default: false. */
  performanceIssueSame: boolean;
  /** Which sample of the loaded set `performanceIssueSame` issues. Default: 0. */
  performanceIssueSameIndex: number;
  /** How many samples are loaded together. Default: 0, as many as the library says. */
  performanceSampleCountOverride: number;
  /** How many samples an accuracy run asks for. Default: 0, all of the library. */
  accuracySampleCountOverride: number;

  /**
   * Values of config keys that are not the LoadGen's, by key: `sut_workers`, `sut_threads`, `sut_batch`. For whoever
   * creates the system under test; the LoadGen ignores them. Default: empty.
   */
  extensions: Readonly<Record<string, number>>;
}

/** What a run uses, derived from what was asked for: the official `TestSettingsInternal`. */
export interface EffectiveSettings {
  /** What was asked for, with TEST05's seeds where that test runs. */
  readonly requested: Readonly<TestSettings>;
  readonly scenario: TestScenario;
  readonly mode: TestMode;
  readonly samplesPerQuery: number;
  /** Queries a second; in Offline, samples. */
  readonly targetQps: number;
  /** Server's bound; 0 elsewhere. */
  readonly targetLatencyNs: number;
  readonly targetLatencyPercentile: number;
  readonly maxAsyncQueries: number;
  /** How long to issue queries; 0 in Offline, whose one query is sized for `minDurationMs`. */
  readonly targetDurationMs: number;
  readonly minDurationMs: number;
  readonly maxDurationMs: number;
  readonly minQueryCount: number;
  readonly maxQueryCount: number;
  readonly minSampleCount: number;
  readonly performanceSampleCount: number;
  readonly accuracySampleCount: number;
  readonly sampleConcatenatePermutation: boolean;
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
