import { LoadGenError } from '../../base/errors.js';
import type { LibraryFacts } from '../querySampleLibrary.js';
import type { AnyScenario } from '../scenarios/index.js';
import type { EffectiveSettings } from './testSettings.js';

/** More can neither be made in reasonable time nor be held in memory: Offline takes some 70 bytes for each. */
export const MAX_SAMPLES = 2 ** 25;
/** A query each nanosecond. */
const MAX_QPS = 1e9;

/** @throws SETTINGS_INVALID if a run cannot have these settings; the message names all faults */
export function refuseFaults(settings: EffectiveSettings, scenario: AnyScenario, library: LibraryFacts): void {
  const faults = [
    ...sampleCountFaults(settings, library),
    ...queryCountFaults(settings, scenario),
    ...issueFaults(settings, scenario),
    ...searchFaults(settings, scenario),
  ];
  if (faults.length === 0) return;
  throw new LoadGenError(
    'SETTINGS_INVALID',
    `the settings of ${settings.scenario} in ${settings.mode}:\n  ${faults.join('\n  ')}`,
  );
}

function sampleCountFaults(settings: EffectiveSettings, library: LibraryFacts): string[] {
  const { requested, performanceSampleCount, accuracySampleCount } = settings;
  const total = library.totalSampleCount;
  const fits = (count: number) => Number.isSafeInteger(count) && count >= 1 && count <= total;
  const performanceSource =
    requested.performanceSampleCountOverride === 0
      ? `the performance sample count of the library "${library.name}"`
      : 'performance_sample_count_override';
  return faultsOf([
    [
      Number.isSafeInteger(total) && total >= 1,
      `the sample library "${library.name}" has ${total} samples, expected at least 1`,
    ],
    [
      fits(performanceSampleCount),
      `${performanceSource} = ${performanceSampleCount}, expected at most the library's ${total} samples`,
    ],
    [
      fits(accuracySampleCount),
      `accuracy_sample_count_override = ${accuracySampleCount}, expected at most the library's ${total} samples`,
    ],
  ]);
}

function queryCountFaults(settings: EffectiveSettings, { generationFactor }: AnyScenario): string[] {
  const { samplesPerQuery, minQueryCount, targetDurationMs, targetQps, targetLatencyPercentile } = settings;
  const expectedQueries = generationFactor * (targetDurationMs / 1000) * targetQps;
  const generated = samplesPerQuery * Math.max(minQueryCount, expectedQueries);
  return faultsOf([
    [
      targetQps > 0 && targetQps <= MAX_QPS,
      `the target is ${targetQps} queries per second, expected above 0 and at most 1000000000 (a latency of 1 ns)`,
    ],
    [
      targetLatencyPercentile > 0 && targetLatencyPercentile < 1,
      `the target latency percentile is ${targetLatencyPercentile * 100}, expected between 0 and 100`,
    ],
    [samplesPerQuery >= 1, 'a query has no samples: raise min_query_count, min_duration or target_qps'],
    [
      generated <= MAX_SAMPLES,
      `some ${generated.toPrecision(2)} samples would be generated, expected at most ${MAX_SAMPLES}: ` +
        'shorten min_duration, lower the target rate or raise the target latency',
    ],
    [
      minQueryCount >= 1 || targetDurationMs > 0,
      'min_query_count and min_duration are both 0: nothing would be issued',
    ],
  ]);
}

function issueFaults(settings: EffectiveSettings, { querySamples }: AnyScenario): string[] {
  const { requested, mode, samplesPerQuery } = settings;
  const { performanceIssueSame, performanceIssueSameIndex, performanceIssueUnique } = requested;
  const smallestSet = smallestSetSize(settings);
  return faultsOf([
    [
      !performanceIssueSame || performanceIssueSameIndex < smallestSet,
      `performance_issue_same_index = ${performanceIssueSameIndex}, expected below ${smallestSet}, as many samples as are loaded together`,
    ],
    [
      !(performanceIssueSame && performanceIssueUnique),
      'performance_issue_same and performance_issue_unique are both set: they exclude each other',
    ],
    [
      !(
        performanceIssueUnique &&
        settings.sampleConcatenatePermutation &&
        querySamples === 'contiguous' &&
        mode !== 'AccuracyOnly' &&
        samplesPerQuery > 1
      ),
      'performance_issue_unique and sample_concatenate_permutation are both set: whole permutations take more queries than are unique',
    ],
  ]);
}

/** In accuracy mode, what is left over at the end makes a set of its own. */
function smallestSetSize({ mode, performanceSampleCount, accuracySampleCount }: EffectiveSettings): number {
  const judgesAccuracy = mode === 'AccuracyOnly' || mode === 'SubmissionRun';
  return (judgesAccuracy && accuracySampleCount % performanceSampleCount) || performanceSampleCount;
}

function searchFaults({ mode, scenario, requested }: EffectiveSettings, { canFindPeak }: AnyScenario): string[] {
  return faultsOf([
    [mode !== 'FindPeakPerformance' || canFindPeak, `FindPeakPerformance searches in Server only, not in ${scenario}`],
    [
      requested.serverFindPeakQpsBoundaryStepSize > 0 &&
        [0, 1, 2, 3, 4, 5, 6].includes(requested.serverFindPeakQpsDecimalsOfPrecision),
      'FindPeakPerformance needs a step size above 0 and 0 to 6 decimals of precision',
    ],
  ]);
}

function faultsOf(checks: readonly (readonly [holds: boolean, fault: string])[]): string[] {
  return checks.flatMap(([holds, fault]) => (holds ? [] : [fault]));
}
