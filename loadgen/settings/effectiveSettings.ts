import { LoadGenError } from '../../base/errors.js';
import type { QuerySampleLibrary } from '../querySampleLibrary.js';
import type { TestMode, TestScenario, TestSettings } from './testSettings.js';

/** What a run really uses, derived from what was asked for: the official `TestSettingsInternal`. */
export interface EffectiveSettings {
  readonly requested: Readonly<TestSettings>;
  readonly scenario: TestScenario;
  readonly mode: TestMode;
  readonly samplesPerQuery: number;
  readonly targetQps: number;
  readonly targetLatencyNs: number;
  readonly targetLatencyPercentile: number;
  readonly maxAsyncQueries: number;
  /** How long to go on issuing; 0 in Offline, whose one query is sized for `minDurationMs` beforehand. */
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

/** Offline's query holds this much more than is expected to fill the minimum duration. */
const OFFLINE_SLACK = 1.1;
/** More could neither be generated in reasonable time nor be held in memory: Offline takes some 70 bytes for each. */
export const MAX_SAMPLES = 2 ** 25;
/** A query each nanosecond. */
export const MAX_QPS = 1e9;
/** As much again for SingleStream over whole permutations, whose latencies may vary widely. */
const PERMUTATION_SLACK = 2;

/** Throws `SETTINGS_INVALID`, naming all faults at once. */
export function deriveEffectiveSettings(requested: TestSettings, library: QuerySampleLibrary): EffectiveSettings {
  const settings = withTest05(requested);
  const performanceSampleCount = settings.performanceSampleCountOverride || library.performanceSampleCount;
  const accuracySampleCount = settings.accuracySampleCountOverride || library.totalSampleCount;
  const scenarioTargets = targetsOf(settings);
  const { samplesPerQuery, targetDurationMs, ...counts } = queryCounts(
    settings,
    scenarioTargets.targetQps,
    performanceSampleCount,
  );
  const minQueryCount = withWholePermutations(settings, counts.minQueryCount, scenarioTargets.targetQps, library);
  const effective = {
    requested: settings,
    scenario: settings.scenario,
    mode: settings.mode,
    ...scenarioTargets,
    samplesPerQuery,
    targetDurationMs,
    minDurationMs: settings.minDurationMs,
    maxDurationMs: settings.maxDurationMs,
    minQueryCount,
    maxQueryCount: settings.maxQueryCount,
    minSampleCount: minQueryCount * samplesPerQuery,
    performanceSampleCount,
    accuracySampleCount,
    sampleConcatenatePermutation: settings.sampleConcatenatePermutation,
  };
  refuseFaults(effective, library);
  return effective;
}

/** TEST05 repeats a performance run with seeds of its own. */
function withTest05(requested: TestSettings): TestSettings {
  if (!requested.test05) return { ...requested };
  return {
    ...requested,
    mode: 'PerformanceOnly',
    qslRngSeed: requested.test05QslRngSeed,
    sampleIndexRngSeed: requested.test05SampleIndexRngSeed,
    scheduleRngSeed: requested.test05ScheduleRngSeed,
  };
}

function targetsOf(settings: TestSettings) {
  switch (settings.scenario) {
    case 'SingleStream':
      return {
        targetQps: 1e9 / settings.singleStreamExpectedLatencyNs,
        targetLatencyNs: 0,
        targetLatencyPercentile: settings.singleStreamTargetLatencyPercentile,
        maxAsyncQueries: 1,
      };
    case 'MultiStream':
      return {
        targetQps: 1e9 / settings.multiStreamExpectedLatencyNs,
        targetLatencyNs: 0,
        targetLatencyPercentile: settings.multiStreamTargetLatencyPercentile,
        maxAsyncQueries: 1,
      };
    case 'Server':
      return {
        targetQps: settings.serverTargetQps,
        targetLatencyNs: settings.serverTargetLatencyNs,
        targetLatencyPercentile: settings.serverTargetLatencyPercentile,
        maxAsyncQueries: settings.serverMaxAsyncQueries,
      };
    case 'Offline':
      // The percentile has no meaning here; the official one logs 0.99 all the same.
      return {
        targetQps: settings.offlineExpectedQps,
        targetLatencyNs: 0,
        targetLatencyPercentile: 0.99,
        maxAsyncQueries: 1,
      };
  }
}

function queryCounts(settings: TestSettings, targetQps: number, performanceSampleCount: number) {
  const { minQueryCount, minDurationMs } = settings;
  if (settings.scenario !== 'Offline') {
    const samplesPerQuery = settings.scenario === 'MultiStream' ? settings.multiStreamSamplesPerQuery : 1;
    return { samplesPerQuery, minQueryCount, targetDurationMs: minDurationMs };
  }
  const targetSampleCount = Math.trunc(OFFLINE_SLACK * (minDurationMs / 1000) * targetQps);
  const samplesPerQuery = settings.performanceIssueUnique
    ? performanceSampleCount
    : Math.max(minQueryCount, targetSampleCount);
  return { samplesPerQuery, minQueryCount: 1, targetDurationMs: 0 };
}

function withWholePermutations(
  settings: TestSettings,
  minQueryCount: number,
  targetQps: number,
  library: QuerySampleLibrary,
): number {
  if (!settings.sampleConcatenatePermutation || settings.scenario !== 'SingleStream') return minQueryCount;
  const expectedQueries = Math.trunc(PERMUTATION_SLACK * (settings.minDurationMs / 1000) * targetQps);
  const atLeast = Math.max(minQueryCount, expectedQueries);
  // One permutation more even where the count is a multiple already, as the official LoadGen has it.
  return atLeast + library.performanceSampleCount - (atLeast % library.performanceSampleCount);
}

/** At most so many are generated: twice as many as a run of the minimum duration should need, in Server exactly that. */
function expectedSamples({
  scenario,
  samplesPerQuery,
  minQueryCount,
  targetDurationMs,
  targetQps,
}: EffectiveSettings): number {
  const multiplier = scenario === 'Server' ? 1 : 2;
  return samplesPerQuery * Math.max(minQueryCount, multiplier * (targetDurationMs / 1000) * targetQps);
}

function refuseFaults(settings: EffectiveSettings, library: QuerySampleLibrary): void {
  const { requested } = settings;
  const total = library.totalSampleCount;
  const faults: string[] = [];
  const check = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };
  check(
    Number.isSafeInteger(total) && total >= 1,
    `the sample library "${library.name}" has ${total} samples, expected at least 1`,
  );
  check(
    settings.performanceSampleCount >= 1 && settings.performanceSampleCount <= total,
    `performance_sample_count_override = ${settings.performanceSampleCount}, expected at most the library's ${total} samples`,
  );
  check(
    settings.accuracySampleCount >= 1 && settings.accuracySampleCount <= total,
    `accuracy_sample_count_override = ${settings.accuracySampleCount}, expected at most the library's ${total} samples`,
  );
  check(
    settings.targetQps > 0 && settings.targetQps <= MAX_QPS,
    `the target is ${settings.targetQps} queries per second, expected above 0 and at most 1000000000 (a latency of 1 ns)`,
  );
  check(
    settings.targetLatencyPercentile > 0 && settings.targetLatencyPercentile < 1,
    `the target latency percentile is ${settings.targetLatencyPercentile * 100}, expected between 0 and 100`,
  );
  check(settings.samplesPerQuery >= 1, 'a query has no samples: raise min_query_count, min_duration or target_qps');
  const generated = expectedSamples(settings);
  check(
    generated <= MAX_SAMPLES,
    `${settings.scenario} would need some ${generated.toPrecision(2)} samples to be generated, expected at most ${MAX_SAMPLES}: ` +
      'shorten min_duration, lower the target rate or raise the target latency',
  );
  check(
    settings.minQueryCount >= 1 || settings.targetDurationMs > 0,
    'min_query_count and min_duration are both 0: nothing would be issued',
  );
  check(
    settings.mode !== 'FindPeakPerformance' || settings.scenario === 'Server',
    `FindPeakPerformance searches in Server only, not in ${settings.scenario}`,
  );
  check(
    requested.serverFindPeakQpsBoundaryStepSize > 0 &&
      [0, 1, 2, 3, 4, 5, 6].includes(requested.serverFindPeakQpsDecimalsOfPrecision),
    'FindPeakPerformance needs a step size above 0 and 0 to 6 decimals of precision',
  );
  check(
    !requested.performanceIssueSame || requested.performanceIssueSameIndex < settings.performanceSampleCount,
    `performance_issue_same_index = ${requested.performanceIssueSameIndex}, expected below the performance sample count of ${settings.performanceSampleCount}`,
  );
  check(
    !(requested.performanceIssueSame && requested.performanceIssueUnique),
    'performance_issue_same and performance_issue_unique are both set: they exclude each other',
  );
  if (faults.length > 0) throw new LoadGenError('SETTINGS_INVALID', `The test settings:\n  ${faults.join('\n  ')}`);
}
