import type { EffectiveSettings } from '../../loadgen/settings/testSettings.js';
import type { LogValues } from '../../logs/detail/values.js';
import { librarySampleCount } from './recordedSettings.js';

export interface DrawnCounts {
  readonly queryCount: number;
  readonly maxSampleCount: number;
}

/**
 * Throws `REPORT_LOG_KEY` unless a run can have had these settings together and asked for so many queries, and not more
 * than `maxSampleCount` has to be drawn for it: a log of a few lines may state anything.
 */
export function assertReplayable(log: LogValues, settings: EffectiveSettings, counts: DrawnCounts): void {
  const { performanceSampleCount, samplesPerQuery, minQueryCount, sampleConcatenatePermutation } = settings;
  const { queryCount, maxSampleCount } = counts;
  const within = (key: string, value: number, least: number, most: number) => {
    if (Number.isInteger(value) && value >= least && value <= most) return;
    throw log.error(key, String(value), least === most ? `${least}` : `a whole number from ${least} to ${most}`);
  };
  within('effective_performance_sample_count', performanceSampleCount, 1, librarySampleCount(log));
  within('effective_samples_per_query', samplesPerQuery, 1, takesManyAtOnce(settings) ? maxSampleCount : 1);
  within('effective_min_query_count', minQueryCount, sampleConcatenatePermutation ? 1 : 0, maxSampleCount);
  const { performanceIssueSame, performanceIssueSameIndex } = settings.requested;
  if (performanceIssueSame)
    within('effective_performance_issue_same_index', performanceIssueSameIndex, 0, performanceSampleCount - 1);
  const mostByCount = Math.floor(maxSampleCount / samplesPerQuery);
  within('result_query_count', queryCount, leastQueries(settings), Math.min(mostByCount, mostQueries(settings)));
}

function takesManyAtOnce({ scenario }: EffectiveSettings): boolean {
  return scenario === 'Offline' || scenario === 'MultiStream';
}

function leastQueries({ scenario }: EffectiveSettings): number {
  return scenario === 'Offline' ? 1 : 0;
}

/** Offline has one query; unique ones are as many as fit into the set. */
function mostQueries({ scenario, requested, performanceSampleCount, samplesPerQuery }: EffectiveSettings): number {
  if (scenario === 'Offline') return 1;
  if (!requested.performanceIssueUnique) return Number.POSITIVE_INFINITY;
  return Math.ceil(performanceSampleCount / samplesPerQuery);
}
