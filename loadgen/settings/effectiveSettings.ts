import type { LibraryFacts } from '../querySampleLibrary.js';
import { refuseFaults } from './settingsFaults.js';
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
/** As much again for SingleStream over whole permutations, whose latencies may vary widely. */
const PERMUTATION_SLACK = 2;

/** Throws `SETTINGS_INVALID`, naming all faults at once. */
export function deriveEffectiveSettings(requested: TestSettings, library: LibraryFacts): EffectiveSettings {
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
  library: LibraryFacts,
): number {
  if (!settings.sampleConcatenatePermutation || settings.scenario !== 'SingleStream') return minQueryCount;
  const expectedQueries = Math.trunc(PERMUTATION_SLACK * (settings.minDurationMs / 1000) * targetQps);
  const atLeast = Math.max(minQueryCount, expectedQueries);
  // One permutation more even where the count is a multiple already, as the official LoadGen has it.
  return atLeast + library.performanceSampleCount - (atLeast % library.performanceSampleCount);
}
